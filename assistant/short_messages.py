"""What is said to messages that name a matter and nothing else, or no matter at all: settled before any search."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.answerer import Answerer, Reading
from assistant.answering.types import Answer, Outcome
from assistant.understanding.routes import OFFICIAL, Route, Routed
from assistant.understanding.short_words import ShortWords, wants_erased
from corpus.passages import procedure_group
from corpus.text import folded_syllables
from corpus.types import Procedure
from embeddings.language import Language

# The guides that tell how a complaint and a denunciation are really made: a chat message is neither
# (Luật Khiếu nại 02/2011/QH13, Article 8; Luật Tố cáo 25/2018/QH14, Articles 22 and 23).
OFFICIAL_GUIDES = {Route.COMPLAINT: "procedure:khieu-nai-lan-dau", Route.DENUNCIATION: "procedure:to-cao"}
# Another reading of the message is offered if it is at least this probable.
OFFERED = 0.15
# A few words with small talk less probable than this are the bare name of a matter, of which the router has seen few: of the small talk
# of router-dev.jsonl none is below.
_LONGEST_PHRASE, _SURELY_TALK = 6, 0.973


class ShortMessages:
    """Messages that are answered by their words as they stand."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer, self._words = answerer, ShortWords.load()

    def by_name(self, reading: Reading, routed: Routed) -> tuple[Routed, Answer] | None:
        """The guide that the message names, as a procedure; None where it names none, or `routed` leads there in its own way."""
        guides = self._guides(reading)
        if not guides or OFFICIAL_GUIDES.get(routed.route or Route.PROCEDURE) == procedure_group(guides[0].id):
            return None
        options = tuple(route.value for route, probability in routed.candidates if probability >= OFFERED and route in OFFICIAL)
        return _of_guide(guides[0], routed), replace(self._answerer.guided(reading, guides), options=options)

    def without_matter(self, reading: Reading) -> tuple[Routed, Answer] | None:
        """What is said to words that ask for nothing that can be looked up, or that nobody here can read."""
        understood = reading.understood
        routed = Routed(None, 0.0, ((Route.OUT_OF_SCOPE, 0.0),))
        answer = Answer(Outcome.OUT_OF_SCOPE, understood, route=Route.OUT_OF_SCOPE.value)
        if understood.names_law:
            return None
        if understood.language == Language.OTHER:
            return routed, replace(answer, basis="language")
        if wants_erased(understood.typed):
            return routed, replace(answer, basis="erase")
        if self._words.has_no_matter(understood.restored) and not self._guides(reading):
            return routed, replace(answer, outcome=Outcome.NEEDS_CLARIFICATION, basis="no_matter")
        return None

    def _guides(self, reading: Reading) -> tuple[Procedure, ...]:
        # Putting marks back and writing chat spelling out may change the words of a name.
        return self._answerer.named_guides((reading.prepared.question, reading.understood.typed))


def is_bare_matter(reading: Reading, routed: Routed) -> bool:
    """Whether what was taken for small talk is rather a matter of law named in a few words."""
    return routed.confidence < _SURELY_TALK and 1 < len(folded_syllables(reading.understood.restored)) <= _LONGEST_PHRASE


def _of_guide(guide: Procedure, routed: Routed) -> Routed:
    """A message that is nothing but the name of a guide tells of no danger; what may be a denunciation stays one."""
    may_denounce = Route.DENUNCIATION in routed.review or procedure_group(guide.id) in OFFICIAL_GUIDES.values()
    return Routed(Route.PROCEDURE, 1.0, ((Route.PROCEDURE, 1.0),), (Route.DENUNCIATION,) if may_denounce else ())
