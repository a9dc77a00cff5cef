"""`dienhong eval feedback`: how citizens' submissions are understood, as the product reads them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.areas import Areas
from corpus.errors import SourceUnreadable
from eval.feedback import PlaceNames, evaluate_feedback, read_letters

if TYPE_CHECKING:
    from eval.commands import Product


def feedback(arguments: argparse.Namespace, product: Product) -> str:
    """The figures of a file of letters."""
    letters = read_letters(Path(arguments.file))
    measured = evaluate_feedback(letters, product.parts.feedback_reader.read, _names(), {})
    return json.dumps(measured.to_json(), indent=1, ensure_ascii=False) if arguments.json else measured.table()


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
