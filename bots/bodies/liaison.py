"""What liaisons read, for the command line and the interface."""

from __future__ import annotations

from assistant.feedback.bodies_liaison import LiaisonDesk
from assistant.feedback.desk import FeedbackDesk
from bots.law.answer_gate import personal_data_finder


def liaison_desk(desk: FeedbackDesk) -> LiaisonDesk:
    """What was sent to bodies, over the desk's database."""
    return LiaisonDesk(desk.engine, desk.clock, desk.recommendations.machine, personal_data_finder())
