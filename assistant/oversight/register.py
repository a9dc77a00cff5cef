"""The register of supervision and social critique over one database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Engine

from assistant.feedback.states import Actor
from assistant.feedback.timing.working_days import WorkingDays
from assistant.feedback.vault import Vault
from assistant.oversight.critiques import Critiques
from assistant.oversight.programmes import Programmes
from assistant.oversight.proposal_desk import ProposalDesk
from assistant.oversight.proposals import ProvinceKeyOf
from assistant.oversight.recommending import Recommending
from assistant.oversight.types import Due


class OversightRegister:
    """Programmes of supervision, critiques, what the Front recommended in them, and proposals for what to supervise next."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self.programmes = Programmes(engine, vault, clock)
        self.critiques = Critiques(engine, vault, clock)
        self.recommendations = Recommending(engine, vault, clock, WorkingDays.load())

    def follow_ups_due(self, day: date, actor: Actor) -> list[Due]:
        """Answers and six-month rounds that are due on `day` or were before it, the oldest first. Raises `OversightForbidden`."""
        return self.recommendations.due(day, actor)

    def proposals(self, province_of: ProvinceKeyOf) -> ProposalDesk:
        """What proposes topics; `province_of` gives the key of today's province of an area key."""
        return ProposalDesk(self._engine, self.programmes, province_of)
