"""Everyday questions that the project wrote for provisions: how people would ask what an article answers.

They are extra searchable text of the article, kept apart from the law's text and never quoted. Those of laws outside the default corpus
(`beyond-codes-*.jsonl`) take effect when the law is imported.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

from corpus.ids import ProvisionId


class EverydayQuestion(BaseModel):
    """A question, the article and the clauses that answer it (none: the whole article), and its style of writing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    article: str
    clauses: tuple[str, ...]
    style: str
    question: str = Field(min_length=8)

    @property
    def answered_by(self) -> ProvisionId:
        """The article that answers."""
        return ProvisionId(self.document, self.article)

    @property
    def provisions(self) -> tuple[ProvisionId, ...]:
        """The clauses that answer, else the article."""
        return tuple(ProvisionId(self.document, self.article, clause) for clause in self.clauses) or (self.answered_by,)


def questions_digest() -> str:
    """Changes when any shipped question does."""
    folder = files("corpus") / "data" / "questions"
    content = b"".join(file.read_bytes() for file in sorted(folder.iterdir(), key=lambda entry: entry.name))
    return hashlib.sha256(content).hexdigest()[:8]


@cache
def everyday_questions() -> Mapping[ProvisionId, tuple[EverydayQuestion, ...]]:
    """All shipped questions by article, in the order of their files."""
    by_article: dict[ProvisionId, list[EverydayQuestion]] = defaultdict(list)
    folder = files("corpus") / "data" / "questions"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for line in file.read_text(encoding="utf-8").splitlines():
            question = EverydayQuestion.model_validate_json(line)
            by_article[question.answered_by].append(question)
    return {article: tuple(questions) for article, questions in by_article.items()}
