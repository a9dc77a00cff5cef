"""The shape of one flattened record of the portal, checked at the border, and the repair of its cut sections."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from corpus.sources.portal_text import readable
from corpus.text import squeeze

_BASIS_WORDS = "Căn cứ pháp lý"
_PAPERS_WORDS = "Thành phần hồ sơ"
_BASIS_COLUMNS = "Tên văn bản pháp lý"
_PAPERS_COLUMNS = "Tên giấy tờ"
_CONDITIONS_END = "Từ khóa"


def _filled(text: str) -> str:
    clean = squeeze(readable(text)).replace("\n", " ")
    if not clean:
        raise ValueError("empty text")
    return clean


Filled = Annotated[str, AfterValidator(_filled)]
Section = Annotated[str, AfterValidator(readable)]


class FlatRecord(BaseModel):
    """A record whose tables are text without separators; absent sections are empty. Unknown keys are ignored."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Filled
    name: Filled
    level: Filled
    field: Filled
    audience: Section = ""
    agency: Section = ""
    authority: Section = ""
    steps: Section = ""
    channels_time_fee: Section = ""
    papers: Section = ""
    result: Section = ""
    legal_basis: Section = ""
    conditions: Section = ""
    url: Section = ""

    def mended(self) -> FlatRecord:
        """The record with sections put together again; itself where none was cut.

        The crawl cut the page at the words of its headings, also where a note or a step happens to use them: then a section
        ends in an open bracket or a preposition, and the rest of it stands in the next one.
        """
        changes: dict[str, str] = {}
        if self.channels_time_fee.endswith("(") and not self.legal_basis.startswith(_BASIS_COLUMNS):
            changes["channels_time_fee"] = f"{self.channels_time_fee}{_BASIS_WORDS}{self.legal_basis}"
            changes["legal_basis"] = ""
        if self.steps.rstrip().casefold().endswith(("(", "mục", "điện tử:")) and self._papers_are_text():
            changes["steps"] = f"{self.steps} {_PAPERS_WORDS} {self.papers}"
            changes["papers"] = ""
        if _CONDITIONS_END in self.conditions:
            changes["conditions"] = self.conditions.partition(_CONDITIONS_END)[0]
        return self.model_copy(update=changes) if changes else self

    def _papers_are_text(self) -> bool:
        return _PAPERS_COLUMNS not in self.papers and self.papers.strip("- \n") != ""
