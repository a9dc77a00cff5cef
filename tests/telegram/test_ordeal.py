"""What people write to the bot survives what happens to it: a small round of `python -m tests.telegram.ordeal`."""

from __future__ import annotations

from pathlib import Path

from eval.ordeal.home import make_home
from tests.telegram.ordeal.crowd import Manners
from tests.telegram.ordeal.round import Plan, endured
from tests.telegram.ordeal.running import Deployment, Way

CHATS, UPDATES, KILLS = 15, 150, 1
BUSY = Manners(per_second=60.0, thinks_s=(0.05, 0.5), patience_s=30.0)


def test_nothing_that_people_wrote_is_lost_doubled_or_left_unanswered_whatever_happens(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    make_home(home)
    lines = endured(
        Plan(Deployment(home, Way.POLLING, is_small=True), CHATS, UPDATES, KILLS, seed=1, manners=BUSY), tmp_path / "service.log"
    )
    assert [line for line in lines if not line.holds] == []
    told = {line.name: line.value for line in lines}
    assert told["application killed (-9)"] == KILLS
    assert told["updates"] == UPDATES
