"""What the list of recommendations takes: what is wanted, in what order, from where on."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from assistant.feedback.ordering import Order
from assistant.feedback.states import Actor, State
from assistant.feedback.types import AdminLevel, Kind, Urgency
from assistant.feedback.types import Field as LifeField
from assistant.feedback.wanted import Wanted
from bots.feedback.choices import owned_by

_PAGE = 100
_LONGEST_CURSOR = 200


class QueueForm(BaseModel):
    """The parameters of the address; each of the lists may be repeated, and lets through what has one of its values."""

    state: list[State] = []
    kind: list[Kind] = []
    field: list[LifeField] = []
    level: list[AdminLevel] = []
    urgency: list[Urgency] = []
    owner: Annotated[str | None, Field(max_length=100, description="who works on it: a name, `me` or `nobody`")] = None
    area: Annotated[
        str | None, Field(pattern=r"^(commune|province):[0-9]{2,5}$", description="`commune:00454`, or `province:01` with its communes")
    ] = None
    overdue: Annotated[bool, Field(description="only with a deadline that has passed")] = False
    unread: Annotated[bool, Field(description="only with messages of senders that nobody has read")] = False
    after: Annotated[int, Field(ge=0, le=2**31, description="only larger numbers")] = 0
    order: Annotated[
        Order, Field(description="what stands first; `due`: the deadline that ends first, those that have passed before all")
    ] = Order.NUMBER
    cursor: Annotated[str | None, Field(max_length=_LONGEST_CURSOR, description="out of the answer before, in the same order")] = None
    limit: Annotated[int, Field(ge=1, le=_PAGE)] = 50

    def wanted(self, actor: Actor) -> Wanted:
        """What `actor` asks for."""
        asked = Wanted(
            states=tuple(self.state),
            kinds=tuple(self.kind),
            fields=tuple(self.field),
            levels=tuple(self.level),
            urgencies=tuple(self.urgency),
            area=self.area,
            is_overdue=self.overdue,
            has_unread=self.unread,
            after=self.after,
        )
        return owned_by(asked, self.owner, actor)
