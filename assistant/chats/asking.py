"""Questions in a chat: answered with what can be tapped below, the rest of a long answer on demand, what was wrong with it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from assistant.answering.types import ANSWERING, Answer, Outcome
from assistant.app import Asked
from assistant.chats.grave import asks_something, gravest, is_grave
from assistant.chats.kinds import Mixed, mixed_in
from assistant.chats.menus import menu
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.types import Choice, Said, ShownAnswer
from assistant.dialogue.errors import ConversationNotFound
from assistant.dialogue.types import FeedbackKind
from assistant.understanding.routes import Route
from corpus.ids import ProvisionId

# Turns that can still be asked for; older buttons say that they are too old.
_TURNS = 50
# What a papers' list remembers as ticked goes through a button: as many as bits are read back.
_MOST_PAPERS = 40
# Of such a name the beginning stands on a button, which a small phone shows in one line with "Chưa có: " before it.
_LONGEST_PAPER = 21
# What is guided to where it must be made, and may be sent all the same.
GUIDED = ("complaint", "denunciation")
_SENT_AT_ONCE = ("report", "recommendation")
# Kept among the options of an answer: the other part of a mixed message with its words, and the language of a greeting.
PART, _GREETED = "part:", "greeted"
_HEX = re.compile(r"[0-9a-f]{0,12}")
_REASONS = (FeedbackKind.WRONG_ARTICLE, FeedbackKind.OUT_OF_FORCE, FeedbackKind.INCOMPLETE, FeedbackKind.UNCLEAR)


def asked(heard: Heard, parts: ChatParts, text: str, choice: str | None = None, *, alone: bool = False) -> Reply:
    """The answer to a question, or to a choice that was offered with an answer; `alone`: not in the light of what was asked before.

    Of a message that asks and tells the question is answered, and what it tells offered to be sent on.
    """
    mixed = None if choice or alone else _answerable(parts, text)

    def written(answer: Answer) -> str:
        shown = replace(parts.words.answer(answer, heard.state.language), message=heard.event.message)
        return json.dumps(_marked(shown, answer, mixed).to_json(), ensure_ascii=False)

    asked_now = mixed.question if mixed else text
    turn = parts.assistant.ask(Asked(_conversation(heard, parts), heard.request_id, asked_now, choice=choice, alone=alone), written)
    shown = ShownAnswer.of_json(json.loads(turn.answer.content)) if turn.answer else None
    if shown is None:
        return Reply(heard.state, (Said("answer.none"),))
    answer = Said("answer", parts=(shown.first,), choices=_choices(turn.number, shown, heard.state.language))
    return Reply(heard.state, (answer, *_said_besides(turn.number, shown)))


def _answerable(parts: ChatParts, text: str) -> Mixed | None:
    """The parts of a message that asks and tells, where its question has an answer and nobody is in danger; else it is taken as a whole."""
    mixed = mixed_in(text)
    if mixed is None or parts.assistant.answer_alone(text).is_urgent:
        return None
    return mixed if parts.assistant.answer_alone(mixed.question).outcome in ANSWERING else None


def _marked(shown: ShownAnswer, answer: Answer, mixed: Mixed | None) -> ShownAnswer:
    """What is kept with the answer for the buttons below it: what else was told, what may be sent all the same, how it was greeted."""
    if mixed:
        return replace(shown, options=(*shown.options, (f"{PART}{mixed.kind}", mixed.matter)))
    if answer.outcome is Outcome.HANDED_TO_FEEDBACK and answer.basis in GUIDED:
        return replace(shown, sendable=answer.basis)
    if answer.outcome is Outcome.OUT_OF_SCOPE and answer.basis == Route.SMALL_TALK:
        return replace(shown, options=(*shown.options, (_GREETED, answer.question.language)))
    return shown


def _said_besides(turn: int, shown: ShownAnswer) -> tuple[Said, ...]:
    """What a message of its own says below an answer: the other part of a mixed message, that guidance is no sending."""
    if shown.sendable in GUIDED:
        return (Said(f"send.not_a_{shown.sendable}", choices=((Choice(f"send:{turn}", "send.anyway"),),)),)
    told = ((order, choice.removeprefix(PART), words) for order, (choice, words) in enumerate(shown.options) if choice.startswith(PART))
    return tuple(Said("mixed", {"text": words}, ((Choice(f"pick:{turn}:{order}", f"send.{kind}"),),)) for order, kind, words in told)


def more(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """What was folded away of an answer."""
    number, shown = _shown(heard, parts, fact)
    if shown is None:
        return _too_old(heard)
    rest = Said("answer.more", parts=shown.more, choices=_choices(number, replace(shown, more=(), options=()), heard.state.language))
    return Reply(heard.state, (rest,))


def where(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """Where the papers of a procedure are handed in."""
    _, shown = _shown(heard, parts, fact)
    return Reply(heard.state, (Said("answer.where", parts=(shown.where,)),)) if shown and shown.where else _too_old(heard)


def papers(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """The papers of a procedure, to be ticked off: "turn:mask:tapped"; without the last the list is new."""
    turn, _, ticked = fact.partition(":")
    number, shown = _shown(heard, parts, turn)
    if shown is None or not shown.papers:
        return _too_old(heard)
    if not _HEX.fullmatch(ticked):
        return _too_old(heard)
    mask, named = int(ticked or "0", 16), [f"{order}. {paper}" for order, paper in enumerate(shown.papers[:_MOST_PAPERS], start=1)]
    rows = tuple(
        (Choice(f"papers:{number}:{mask ^ (1 << order):x}", "paper.had" if mask >> order & 1 else "paper.open", {"paper": _short(paper)}),)
        for order, paper in enumerate(named)
    )
    ready = [paper for order, paper in enumerate(named) if mask >> order & 1]
    facts = {
        "had": str(len(ready)),
        "all": str(len(named)),
        "missing": "\n".join(paper for paper in named if paper not in ready),
        "ready": "\n".join(ready),
    }
    said = Said("papers.all" if len(ready) == len(named) else "papers", facts, rows, replaces=heard.event.message if ticked else "")
    return Reply(heard.state, (said,))


def _short(name: str) -> str:
    """A name of a paper for a button: its beginning, cut at a word; the text above has the whole."""
    if len(name) <= _LONGEST_PAPER:
        return name
    return f"{name[: _LONGEST_PAPER - 1].rsplit(' ', 1)[0].rstrip(' ,(–')}…"


def pick(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """One of the options of an answer: what was asked back, or may have been meant."""
    found = option_of(heard, parts, fact)
    if found is None:
        return _too_old(heard)
    choice, label = found
    return asked(heard, parts, _typed(heard, parts, fact.partition(":")[0]) or label, choice)


def option_of(heard: Heard, parts: ChatParts, fact: str) -> tuple[str, str] | None:
    """The option of "turn:order", as choice and label; None where it is too old."""
    turn, _, order = fact.partition(":")
    _, shown = _shown(heard, parts, turn)
    return shown.options[int(order)] if shown and order.isdigit() and int(order) < len(shown.options) else None


def not_mine(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """The answer is to another question: how to ask again."""
    _, shown = _shown(heard, parts, fact)
    said = Said("answer.not_mine.restored", {"restored": shown.restored}) if shown and shown.restored else Said("answer.not_mine")
    return Reply(replace(heard.state, step="anew"), (said,))


def anew(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """The question that an answer had missed, asked again: what was misunderstood must not be read into it."""
    return asked(replace(heard, state=replace(heard.state, step="")), parts, heard.event.text, alone=True)


def wrong(heard: Heard, _parts: ChatParts, fact: str) -> Reply:
    """Asks what is wrong with an answer."""
    rows = tuple((Choice(f"why:{fact}:{kind.value}", f"wrong.{kind.value}"),) for kind in _REASONS)
    return Reply(heard.state, (Said("wrong", choices=rows),))


def why(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """Keeps what is wrong with an answer, and asks for words to it."""
    turn, _, reason = fact.partition(":")
    if reason not in tuple(FeedbackKind) or not turn.isdigit():
        return _too_old(heard)
    _keep(heard, parts, turn, FeedbackKind(reason), "")
    return Reply(replace(heard.state, step=f"note:{turn}"), (Said("wrong.kept", choices=((Choice("cancel", "skip"),),)),))


def note(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """Keeps the words to what was wrong."""
    _keep(heard, parts, fact, FeedbackKind.OTHER, heard.event.text[:2_000])
    free, thanks = replace(heard.state, step=""), Said("wrong.thanks")
    if not (asks_something(parts, heard.event.text) or is_grave(gravest(parts, heard.event.text), heard.event.text)):
        return Reply(free, (thanks,))
    # They went on to ask: kept as words to what was wrong, and answered.
    reply = asked(replace(heard, state=free), parts, heard.event.text, alone=True)
    return Reply(reply.state, (thanks, *reply.said))


def forgotten(heard: Heard, parts: ChatParts) -> None:
    """Deletes what was ever asked in this chat."""
    parts.assistant.conversations.delete_all(heard.state.channel, heard.state.key)


def answer_of(heard: Heard, parts: ChatParts, fact: str) -> tuple[str, ShownAnswer] | None:
    """What was typed in a turn and its answer; None where it is too old."""
    _, shown = _shown(heard, parts, fact)
    typed = _typed(heard, parts, fact)
    return (typed, shown) if shown and typed else None


def is_newest_question(heard: Heard, parts: ChatParts) -> bool:
    """Whether the event's message is the one that was answered last."""
    newest = parts.assistant.conversations.turns(_conversation(heard, parts), 1)
    kept = newest[-1].answer if newest else None
    return bool(kept and kept.content and ShownAnswer.of_json(json.loads(kept.content)).message == heard.event.message)


def _keep(heard: Heard, parts: ChatParts, turn: str, kind: FeedbackKind, words: str) -> None:
    conversation = _conversation(heard, parts)
    number = int(turn) if turn.isdigit() else None
    parts.answer_feedback.add(heard.request_id, kind, note=words, conversation=conversation, turn=number)


def _conversation(heard: Heard, parts: ChatParts) -> str:
    return parts.assistant.conversations.current(heard.state.channel, heard.state.key).id


def _shown(heard: Heard, parts: ChatParts, fact: str) -> tuple[int, ShownAnswer | None]:
    number = int(fact) if fact.isdigit() else 0
    try:
        turns = parts.assistant.conversations.turns(_conversation(heard, parts), _TURNS)
    except ConversationNotFound:
        return number, None
    kept = next((turn.answer for turn in turns if turn.number == number and turn.answer), None)
    return number, ShownAnswer.of_json(json.loads(kept.content)) if kept and kept.content else None


def _typed(heard: Heard, parts: ChatParts, fact: str) -> str:
    number = int(fact) if fact.isdigit() else 0
    turns = parts.assistant.conversations.turns(_conversation(heard, parts), _TURNS)
    return next((turn.typed for turn in turns if turn.number == number and turn.typed), "")


def _choices(turn: int, shown: ShownAnswer, language: str) -> tuple[tuple[Choice, ...], ...]:
    # What is near the words of a report answers nothing: it would only stand between the person and sending it.
    has_more = shown.more and shown.sendable not in _SENT_AT_ONCE
    first = [
        *([Choice(f"more:{turn}", "more")] if has_more else []),
        *([Choice(f"papers:{turn}", "papers.button")] if shown.papers else []),
        *([Choice(f"where:{turn}", "where.button")] if shown.where else []),
    ]
    options = [
        (Choice(f"pick:{turn}:{order}", "option", {"label": label}),)
        for order, (choice, label) in enumerate(shown.options)
        if not choice.startswith(PART) and choice != _GREETED
    ]
    sending = [(Choice(f"send:{turn}", f"send.{shown.sendable}"),)] if shown.sendable in _SENT_AT_ONCE else []
    judging = (Choice(f"notmine:{turn}", "notmine.button"), Choice(f"wrong:{turn}", "wrong.button"))
    judged = [judging] if shown.outcome in ("answered", "partly_answered", "model_unavailable", "no_source") else []
    greeted = next((menu(language, answered) for choice, answered in shown.options if choice == _GREETED), ())
    return (*([tuple(first)] if first else []), *options, *sending, *judged, *greeted)


def _too_old(heard: Heard) -> Reply:
    return Reply(heard.state, (Said("too_old"),))


def provisions_of(cited: tuple[str, ...]) -> tuple[ProvisionId, ...]:
    """Identifiers that were kept as text."""
    return tuple(ProvisionId.parse(one) for one in cited)
