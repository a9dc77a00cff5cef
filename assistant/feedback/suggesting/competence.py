"""Which body can act on a matter, and the article that gives it the competence: data/competence.yaml, a row for each field and level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, InstanceOf, model_validator

from assistant.feedback.types import AdminLevel, Field
from corpus.area_types import split_kind
from corpus.ids import ProvisionId
from corpus.tables import read_table

_AREA = "{area}"


@dataclass(frozen=True, slots=True)
class Body:
    """A body by its Vietnamese name, and why it: `basis` are the provisions that give the competence.

    `checked` is the day on which they were read; None: no article could be read that gives this body the competence, and `basis` is empty.
    `basis_note` says in Vietnamese how far the provisions reach and what was not compared.
    """

    name: str
    level: AdminLevel
    basis: tuple[ProvisionId, ...]
    basis_note: str
    checked: date | None


class CompetenceTable:
    """The competent body of each field at each level."""

    def __init__(
        self, bodies: Mapping[tuple[Field, AdminLevel], Body], unnamed: Mapping[AdminLevel, str], keeps_capital: frozenset[str]
    ) -> None:
        self._bodies, self._unnamed, self._keeps_capital = bodies, unnamed, keeps_capital

    @classmethod
    def load(cls) -> Self:
        """The table shipped with the project."""
        table = _Table.model_validate(read_table("assistant.feedback", "competence.yaml"))
        return cls(dict(table.rows()), table.unnamed, table.keeps_capital)

    @property
    def names(self) -> tuple[tuple[AdminLevel, str], ...]:
        """Every name with its level in the order of the file, "{area}" where the place stands; one may name several bodies ("… hoặc …")."""
        return tuple(dict.fromkeys((one.level, one.name) for one in self._bodies.values()))

    def body(self, field: Field, level: AdminLevel, area_name: str | None) -> Body:
        """Who can act on a matter of `field` at `level`.

        `area_name` is the commune or province of that level by its full name ("Phường Ba Đình"); where it is None or blank, the name is of
        such bodies in general. At central level it says nothing.
        """
        body = self._bodies[field, level]
        area = self._within_a_name(area_name or "") or self._unnamed.get(level, "")
        return replace(body, name=body.name.replace(_AREA, area))

    def _within_a_name(self, area_name: str) -> str:
        """The area as it is written after the word for a body: "Công an phường Ba Đình"."""
        name = area_name.strip()
        kind, _ = split_kind(name)
        return name if not kind or name in self._keeps_capital else name[0].lower() + name[1:]


# The file


def _provision(text: object) -> ProvisionId:
    return ProvisionId.parse(str(text))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Ground(_Strict):
    fields: tuple[Field, ...]
    basis: tuple[Annotated[InstanceOf[ProvisionId], BeforeValidator(_provision)], ...] = ()
    checked: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _is_checked_if_based(self) -> Self:
        if bool(self.basis) != (self.checked is not None):
            raise ValueError(f"{self.fields}: a basis needs the day of reading, and the day a basis")
        return self


class _Named(_Strict):
    level: AdminLevel
    name: str
    grounds: tuple[_Ground, ...]

    @model_validator(mode="after")
    def _names_its_area(self) -> Self:
        if (_AREA in self.name) == (self.level is AdminLevel.CENTRAL):
            raise ValueError(f"{self.name}: names an area it has not, or not the one it has")
        return self


class _Table(_Strict):
    unnamed: dict[AdminLevel, str]
    keeps_capital: frozenset[str]
    verified: str
    unverified: str
    bodies: tuple[_Named, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Each field stands once at each level."""
        stands = [where for where, _ in self.rows()]
        if sorted(stands) != sorted((field, level) for field in Field for level in AdminLevel):
            raise ValueError("a field stands not at all or twice at a level")
        return self

    def rows(self) -> Iterator[tuple[tuple[Field, AdminLevel], Body]]:
        for named in self.bodies:
            for ground in named.grounds:
                note = f"{ground.note} {self.verified if ground.basis else self.unverified}".strip()
                for field in ground.fields:
                    yield (field, named.level), Body(named.name, named.level, ground.basis, note, ground.checked)
