"""Which merge made which link, and why a person linked something"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"

# Types as they were at this step; the code's own may change later.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)

_LINK = sa.table(
    "link",
    *map(sa.column, ("number", "submission", "recommendation", "kind", "made_by", "undone_at")),
    sa.column("made_at", _MOMENT),
)
_MERGE = sa.table(
    "merge", *map(sa.column, ("number", "recommendation", "target", "made_by", "undone_by", "undone_at")), sa.column("made_at", _MOMENT)
)
_MERGED_LINK = sa.table("merged_link", *map(sa.column, ("link", "merge")))
_RECOMMENDATION = sa.table("recommendation", *map(sa.column, ("number", "state")))
_STEP = sa.table("step", *map(sa.column, ("recommendation", "to_state")), sa.column("taken_at", _MOMENT))
_DEADLINE = sa.table(
    "deadline",
    *map(sa.column, ("number", "recommendation", "met_on")),
    sa.column("due", sa.Date),
    sa.column("paused", sa.JSON),
)


def upgrade() -> None:
    """Makes the tables; what is joined to another today becomes a merge, and its deadlines stand still from that day on."""
    op.add_column("link", sa.Column("reason", sa.LargeBinary))
    _make_tables()
    connection = op.get_bind()
    for number in connection.execute(sa.select(_RECOMMENDATION.c.number).where(_RECOMMENDATION.c.state == "linked")).scalars().all():
        _take_over(connection, number)


def downgrade() -> None:
    """Drops the tables."""
    op.drop_table("merged_link")
    op.drop_table("merge")
    op.drop_column("link", "reason")


def _make_tables() -> None:
    op.create_table(
        "merge",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("recommendation", _NUMBER, nullable=False),
        sa.Column("target", _NUMBER, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("undone_by", sa.String(100)),
        sa.Column("undone_at", _MOMENT),
        sa.ForeignKeyConstraint(["recommendation"], ["recommendation.number"], name=op.f("fk_merge_recommendation_recommendation")),
        sa.ForeignKeyConstraint(["target"], ["recommendation.number"], name=op.f("fk_merge_target_recommendation")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_recommendation"), "merge", ["recommendation"])
    op.create_index(op.f("ix_merge_target"), "merge", ["target"])
    op.create_table(
        "merged_link",
        sa.Column("link", _NUMBER, nullable=False),
        sa.Column("merge", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["link"], ["link.number"], name=op.f("fk_merged_link_link_link")),
        sa.ForeignKeyConstraint(["merge"], ["merge.number"], name=op.f("fk_merged_link_merge_merge")),
        sa.PrimaryKeyConstraint("link", name=op.f("pk_merged_link")),
    )
    op.create_index(op.f("ix_merged_link_merge"), "merged_link", ["merge"])


def _take_over(connection: sa.Connection, number: int) -> None:
    mine = sa.select(_LINK.c.submission).where((_LINK.c.recommendation == number) & _LINK.c.undone_at.is_(None))
    theirs = _LINK.c.submission.in_(mine) & (_LINK.c.recommendation != number) & (_LINK.c.kind == "duplicate") & _LINK.c.undone_at.is_(None)
    rows = connection.execute(sa.select(_LINK).where(theirs).order_by(_LINK.c.number)).all()
    if not rows:
        return
    moved = sa.select(sa.func.max(_STEP.c.taken_at)).where((_STEP.c.recommendation == number) & (_STEP.c.to_state == "linked"))
    at = connection.execute(moved).scalar_one() or rows[-1].made_at
    # The step and its links came in one transaction; another merge of the same submission came at another time.
    first = min(rows, key=lambda row: abs(row.made_at - at))
    values = {"recommendation": number, "target": first.recommendation, "made_by": first.made_by, "made_at": first.made_at}
    connection.execute(sa.insert(_MERGE).values(values))
    made = connection.execute(sa.select(sa.func.max(_MERGE.c.number))).scalar_one()
    known = set(connection.execute(sa.select(_MERGED_LINK.c.link)).scalars())
    for one in rows:
        if one.recommendation == first.recommendation and one.number not in known:
            connection.execute(sa.insert(_MERGED_LINK).values(link=one.number, merge=made))
    _pause(connection, number, first.made_at.date().isoformat())


def _pause(connection: sa.Connection, number: int, since: str) -> None:
    running = (_DEADLINE.c.recommendation == number) & _DEADLINE.c.met_on.is_(None)
    for row in connection.execute(sa.select(_DEADLINE).where(running)).all():
        stopped: Mapping[str, Any] = {"paused": [*row.paused, [since, None]], "due": None}
        connection.execute(sa.update(_DEADLINE).where(_DEADLINE.c.number == row.number).values(**stopped))
