"""Learning a projection: questions of one group come nearer to what is held of it than to the rest."""

from __future__ import annotations

import numpy as np

from eval.projection import Wording, learned


def _wordings(kind: str, seed: int) -> list[Wording]:
    """Four of each of eight groups: a group shows in two numbers, and the rest, which are larger, say nothing."""
    chance = np.random.default_rng(seed)
    made = []
    for group in range(8):
        angle = group * np.pi / 4
        for number in range(4):
            vector = np.array([0.3 * np.cos(angle), 0.3 * np.sin(angle), *chance.normal(size=4)], np.float32)
            made.append(Wording(f"group {group}", f"{kind} {group} {number}", vector / np.linalg.norm(vector)))
    return made


def test_what_belongs_together_comes_nearer() -> None:
    asked, held = _wordings("hỏi", 1), _wordings("đoạn", 2)
    found = learned(asked, held, "toy")

    def lead(of_question: bool) -> float:
        """How much nearer a question lies to what is held of its group than to the others, on average."""
        one = np.stack([found.of_question(one.vector) if of_question else one.vector for one in asked])
        other = np.stack([found.of_passage(one.vector) if of_question else one.vector for one in held])
        same = np.array([[a.group == b.group for b in held] for a in asked])
        near = one @ other.T
        return float(near[same].mean() - near[~same].mean())

    assert lead(of_question=True) > 1.5 * lead(of_question=False)


def test_the_same_wordings_teach_the_same() -> None:
    asked, held = _wordings("hỏi", 1), _wordings("đoạn", 2)
    assert learned(asked, held, "toy").name == learned(asked, held, "toy").name


def test_a_question_never_learns_from_itself() -> None:
    alone = [Wording("a", "thả tàu giấy", np.array([1, 0], np.float32)), Wording("b", "nấu canh", np.array([0, 1], np.float32))]
    assert np.array_equal(learned(alone, alone, "toy").matrix, np.eye(2, dtype=np.float32))
