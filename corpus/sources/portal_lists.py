"""Records of the portal whose tables are lists (Ministry of Defence, 2025)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from corpus.sources.portal_basis import number_in
from corpus.sources.portal_channels import ChannelRow, entries
from corpus.sources.portal_offices import places, remarks
from corpus.sources.portal_records import Filled, Section
from corpus.sources.portal_text import results, stated, steps
from corpus.text import squeeze
from corpus.types import LegalBasis, Paper, Procedure

_FEE = re.compile(r"(Phí|Lệ phí)\s*:\s*([\d.,]*\s*(?:Đồng|USD)?)\s*(?:\((.*)\))?\s*", re.DOTALL)
_NEXT_FEE = re.compile(r"\n(?=(?:Phí|Lệ phí)\s*:)")
_ORIGINALS, _COPIES = re.compile(r"Bản chính:\s*(\d{1,4})"), re.compile(r"Bản sao:\s*(\d{1,4})")
_BULLET = re.compile(r"^[-–+*•\s]+")


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Channel(_Strict):
    hinh_thuc: Filled
    thoi_han_giai_quyet: Section
    phi_le_phi: Section
    mo_ta: Section


class _PaperRow(_Strict):
    ten_giay_to: Section
    so_luong: Section  # the file names of the forms, in spite of its name
    ghi_chu: Section


class _Basis(_Strict):
    so_ky_hieu: Section
    trich_yeu: Section


class _Tables(_Strict):
    hinh_thuc_nop: list[_Channel]
    thanh_phan_ho_so: list[_PaperRow]
    can_cu_phap_ly: list[_Basis]


class ListRecord(_Strict):
    """A record with its tables as lists. Unknown keys are ignored."""

    id: Filled
    name: Filled
    level: Filled
    field: Filled
    content: dict[str, Section]
    tables: _Tables


def from_lists(record: ListRecord) -> Procedure:
    """The procedure that the record describes, in the same form as one of the flattened records."""
    said = record.content
    agency, authority = said.get("cơ_quan_thực_hiện", ""), said.get("cơ_quan_có_thẩm_quyền", "")
    channels = entries(row for channel in record.tables.hinh_thuc_nop for row in _rows(channel))
    return Procedure(
        id=record.id,
        name=record.name,
        code=record.id,
        field=record.field,
        who=stated(said.get("đối_tượng_thực_hiện", "")) or "",
        where=places(record.level, agency, authority),
        steps=steps(said.get("trình_tự_thực_hiện", "")),
        papers=tuple(_paper(row) for row in record.tables.thanh_phan_ho_so if stated(row.ten_giay_to)),
        fees=channels.fees,
        processing_times=channels.times,
        result=results(said.get("kết_quả_thực_hiện", "")),
        legal_basis=tuple(_basis(row) for row in record.tables.can_cu_phap_ly),
        notes=(*channels.notes, *remarks(said.get("yêu_cầu_điều_kiện_thực_hiện", ""), authority, agency)),
        unchecked=channels.unclear,
    )


def _rows(channel: _Channel) -> Iterator[ChannelRow]:
    """One row for each fee of the channel; the time and the description stand with the first."""
    time, description = stated(channel.thoi_han_giai_quyet), stated(channel.mo_ta)
    for cell in _NEXT_FEE.split(channel.phi_le_phi):
        found = _FEE.fullmatch(cell)
        if found is None:
            yield ChannelRow(channel.hinh_thuc, time, stated(cell), None, description)
        else:
            label, amount, note = found.groups("")
            yield ChannelRow(channel.hinh_thuc, time, stated(amount) or "Đồng", stated(note), description, fee_label=f"{label}: ")
        time = description = None


def _paper(row: _PaperRow) -> Paper:
    forms = stated(row.so_luong)
    name = squeeze(row.ten_giay_to)
    return Paper(
        _BULLET.sub("", name) or name,
        originals=_count(_ORIGINALS, row.ghi_chu),
        copies=_count(_COPIES, row.ghi_chu),
        form=None if forms is None else forms.replace("\n", "; "),
    )


def _count(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return None if found is None else int(found[1])


def _basis(row: _Basis) -> LegalBasis:
    """The document; where the cell of the number is cut ("12"), the number that the title begins with it."""
    title = squeeze(row.trich_yeu)
    written = squeeze(row.so_ky_hieu)
    in_title = number_in(title)
    from_title = in_title if in_title and in_title.startswith(f"{written}/") else None
    return LegalBasis(number_in(written) or from_title or written, title or written)
