"""Procedures of the national public service portal, from JSON lines that others crawled.

Two shapes are read: the portal's tables flattened to text (2026), and tables as lists (Ministry of Defence, 2025).
What cannot be split with certainty stays in the procedure in the portal's own words, and `unchecked` names it as
"papers: …", "fee: …", "processing_time: …" or "legal_basis: …".
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from pydantic import ValidationError

from corpus.sources.failures import Failure
from corpus.sources.portal_basis import basis_table
from corpus.sources.portal_channels import channel_table
from corpus.sources.portal_lists import ListRecord, from_lists
from corpus.sources.portal_offices import places, remarks
from corpus.sources.portal_papers import paper_table
from corpus.sources.portal_records import FlatRecord
from corpus.sources.portal_text import results, stated, steps
from corpus.types import Procedure

_GZIP_MAGIC = b"\x1f\x8b"


def read_portal(path: Path) -> Iterator[Procedure | Failure]:
    """One procedure or failure for each line of a file of JSON lines, plain or gzip; blank lines are skipped.

    A broken line costs that line only; a file that ends in the middle gives what stood before and a failure.
    """
    line = 0
    try:
        with _open(path) as file:
            for line, raw in enumerate(file, start=1):
                if raw.strip():
                    yield _record(raw, f"{path.name}:{line}")
    except EOFError:
        yield Failure(f"{path.name}:{line + 1}", "the compressed file ends too early")
    except (OSError, zlib.error) as error:
        yield Failure(f"{path.name}:{line + 1}", f"cannot be read: {error}")


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    with path.open("rb") as file:
        packed = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
    return gzip.open(path, "rb") if packed else path.open("rb")


def _record(raw: bytes, place: str) -> Procedure | Failure:
    try:
        content = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Failure(place, "not UTF-8")
    except (ValueError, RecursionError) as error:
        return Failure(place, f"not JSON: {error}")
    if not isinstance(content, dict):
        return Failure(place, "not a record")
    try:
        if "tables" in content:
            return from_lists(ListRecord.model_validate(content))
        return _from_flat(FlatRecord.model_validate(content))
    except ValidationError as error:
        faults = (f"{'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}" for fault in error.errors(include_url=False))
        return Failure(place, "; ".join(faults))


def _from_flat(broken: FlatRecord) -> Procedure:
    record = broken.mended()
    channels = channel_table(record.channels_time_fee)
    papers = paper_table(record.papers)
    basis = basis_table(record.legal_basis)
    # The steps took the place of the table: what papers there are is not in the file.
    lost = ("papers: Thành phần hồ sơ",) if broken.papers and not record.papers else ()
    return Procedure(
        id=record.id,
        name=record.name,
        code=record.id,
        field=record.field,
        who=stated(record.audience) or "",
        where=places(record.level, record.agency, record.authority),
        steps=steps(record.steps),
        papers=papers.papers,
        fees=channels.fees,
        processing_times=channels.times,
        result=results(record.result),
        legal_basis=basis.documents,
        notes=(*channels.notes, *remarks(record.conditions, record.authority, record.agency)),
        unchecked=(*channels.unclear, *papers.unclear, *lost, *basis.unclear),
        source_address=stated(record.url),
    )
