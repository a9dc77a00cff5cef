"""`dienhong eval feedback`: how citizens' submissions are understood, as the product reads them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.feedback.suggesting.similar import SimilarFinder
from assistant.feedback.suggesting.understanding import Reader
from corpus.areas import Areas
from corpus.errors import SourceUnreadable
from eval.duplicates import as_known, measure_duplicates, read_grouped_letters
from eval.feedback import PlaceNames, evaluate_feedback, read_letters

if TYPE_CHECKING:
    from eval.commands import Product


def feedback(arguments: argparse.Namespace, product: Product) -> str:
    """The figures of a file of letters."""
    path, reader = Path(arguments.file), product.parts.feedback_reader
    measured = evaluate_feedback(read_letters(path), reader.read, _names(), _duplicates(path, product, reader))
    return json.dumps(measured.to_json(), indent=1, ensure_ascii=False) if arguments.json else measured.table()


def _duplicates(path: Path, product: Product, reader: Reader) -> dict[str, float | None]:
    """Each letter of a group asked against all others; nothing where there are no groups, no encoder or no tables of units."""
    letters, encoder = read_grouped_letters(path), product.parts.encoder
    none: dict[str, float | None] = {"duplicate_recall@5": None, "duplicate_precision": None}
    if encoder is None or not any(letter.duplicate_group for letter in letters):
        return none
    try:
        areas = Areas.load()
    except SourceUnreadable:
        return none
    # By the field that the machine names, as it would be in the product.
    named = [reader.read(letter.text).best("field") for letter in letters]
    known = as_known(letters, encoder, areas, named)
    measured = measure_duplicates(known, [letter.duplicate_group for letter in letters], SimilarFinder.load())
    return {"duplicate_recall@5": round(measured.recall_at_5, 4), "duplicate_precision": round(measured.precision, 4)}


def _names() -> PlaceNames:
    """Names of the places that suggestions point to; nameless where the tables of units are not installed."""
    try:
        areas = Areas.load()
    except SourceUnreadable:
        return lambda key: (key, key)

    def named(key: str) -> tuple[str, str]:
        level, _, code = key.partition(":")
        area = areas.province(code) if level == "province" else areas.commune(code)
        province = areas.province(area.parent) if area and area.parent else area
        return (area.name if area else key, province.name if province else key)

    return named
