"""Known laws that changed the codes of the default corpus after their first issue, so that nobody takes an old text for today's."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from corpus.ids import ProvisionId
from corpus.sources.batch import SourceName
from corpus.tables import read_table
from corpus.types import Article


class Amendment(BaseModel):
    """`by` changed `code` from `since` on; `articles` None means that the articles are not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    by: str
    title: str
    since: date
    articles: tuple[str, ...] | None

    def touches(self, article: ProvisionId) -> bool:
        """Whether the law is known to change `article`, or may change it."""
        return article.document == self.code and (self.articles is None or article.article in self.articles)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    amendments: tuple[Amendment, ...]


@cache
def known_amendments() -> tuple[Amendment, ...]:
    """The table of facts shipped with the project."""
    return _Table.model_validate(read_table("corpus", "code-amendments.yaml")).amendments


def later_amendments(article: Article, as_of: date) -> list[Amendment]:
    """The laws in force on `as_of` that may have changed the text of `article`, oldest first.

    A text from the codification already holds the changes whose articles are known.
    """
    first_issued = article.source == SourceName.CODES
    return [
        amendment
        for amendment in known_amendments()
        if amendment.touches(article.id) and amendment.since <= as_of and (first_issued or amendment.articles is None)
    ]


def added_by(provision: ProvisionId, as_of: date) -> Amendment | None:
    """The law in force on `as_of` that is known to have added the article of `provision` to its code; None for one first issued."""
    number = provision.article or ""
    # Only an article put between two others has a letter: 217a.
    if number.isdigit():
        return None
    laws = (one for one in known_amendments() if one.code == provision.document and number in (one.articles or ()) and one.since <= as_of)
    return next(laws, None)
