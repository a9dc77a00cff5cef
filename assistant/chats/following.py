"""Following what was sent: how it stands, taking it back, asking again, saying whether the answer helped, deleting one's data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from assistant.chats import asking
from assistant.chats.menus import CANCEL, MENU, going_on
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.types import Choice, Said
from assistant.feedback.answers.surveys import SurveyClosed, SurveyNotOpen, Verdict, WordsTooLong
from assistant.feedback.codes import read_code
from assistant.feedback.errors import SubmissionNotFound, TransitionNotAllowed
from assistant.feedback.messages_rows import Direction
from assistant.feedback.own_data import Status
from corpus.days import VIETNAM

_MOST_CODES = 8
# A code may be typed with blanks, with or without "DH", with a character too few or too many.
_WORDS_OF_CODE, _LENGTHS_OF_CODE = 5, range(9, 15)


def listed(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """What this person sent, by code; or the question for a code."""
    codes = parts.feedback.intake.codes_of(heard.state.channel, heard.state.address)[:_MOST_CODES]
    choices = tuple((Choice(f"track:{code}", "track.code", {"code": code}),) for code in codes)
    said = Said("track.choose", choices=(*choices, CANCEL)) if codes else Said("track.ask", choices=(CANCEL,))
    return Reply(replace(heard.state, step="code"), (said,))


def is_code(text: str, *, was_asked: bool) -> bool:
    """Whether what was typed is a code, or something like one where a code was asked for; else it is a question."""
    if read_code(text) is not None:
        return True
    letters = [letter for letter in text if letter.isalnum()]
    is_alike = (
        text.isascii() and len(letters) in _LENGTHS_OF_CODE and any(map(str.isdigit, letters)) and len(text.split()) <= _WORDS_OF_CODE
    )
    return was_asked and (is_alike or text[:2].upper() == "DH")


def tracked(heard: Heard, parts: ChatParts, code: str) -> Reply:
    """How the submission of a code stands. Whoever has the code may ask; what can be done is offered to its sender only."""
    try:
        status = parts.feedback.own_data.status(code)
    except SubmissionNotFound:
        return Reply(replace(heard.state, step="code"), (Said("track.not_found", choices=(CANCEL,)),))
    said = Said("track.status", _facts(status, heard, parts), _offers(status, heard, parts))
    return Reply(replace(heard.state, step=""), (said,))


def withdraw(heard: Heard, _parts: ChatParts, code: str) -> Reply:
    """Asks whether it shall really be taken back."""
    choices = ((Choice(f"withdrawn:{code}", "withdraw.yes"),), (Choice(f"track:{code}", "withdraw.no"),))
    return Reply(heard.state, (Said("withdraw", {"code": code}, choices),))


def withdrawn(heard: Heard, parts: ChatParts, code: str) -> Reply:
    """Takes it back."""
    return _changed(heard, parts, code, "withdrawn")


def again(heard: Heard, parts: ChatParts, code: str) -> Reply:
    """Asks to look at it again."""
    return _changed(heard, parts, code, "asked_again")


def judged(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """Keeps whether the answer helped: "code:verdict"; then asks for words."""
    code, _, verdict = fact.partition(":")
    if verdict not in tuple(Verdict) or not _is_mine(heard, parts, code):
        return Reply(heard.state, (Said("too_old"),))
    try:
        opinion = parts.feedback.surveys.give(code, Verdict(verdict))
    except SubmissionNotFound:
        return Reply(heard.state, (Said("too_old"),))
    except (SurveyNotOpen, SurveyClosed):
        return Reply(heard.state, (Said("survey.closed"),))
    asks = ((Choice(f"again:{code}", "again.button"),),) if opinion.can_ask_again else ()
    said = Said("survey.kept", choices=(*asks, (Choice("cancel", "skip"),)))
    return Reply(replace(heard.state, step=f"opinion:{fact}"), (said,))


def explained(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """Keeps the words to an opinion."""
    code, _, verdict = fact.partition(":")
    try:
        parts.feedback.surveys.give(code, Verdict(verdict), heard.event.text)
    except WordsTooLong as error:
        return Reply(heard.state, (Said("survey.too_long", {"most": str(error.most)}),))
    except (SubmissionNotFound, SurveyNotOpen, SurveyClosed):
        return Reply(replace(heard.state, step=""), (Said("survey.closed"),))
    return Reply(replace(heard.state, step=""), (Said("survey.thanks"),))


def erase(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Says what would be deleted, and asks."""
    codes = parts.feedback.intake.codes_of(heard.state.channel, heard.state.address)
    choices = ((Choice("erased:talk", "erase.talk"),), (Choice("erased:all", "erase.all"),), CANCEL)
    # A step of its own: who says no keeps what they were writing.
    return Reply(replace(heard.state, step="erase"), (Said("erase", {"sent": str(len(codes))}, choices),))


def erased(heard: Heard, parts: ChatParts, extent: str) -> Reply:
    """Deletes the conversation and what is known of the person; "all": also everything that they sent."""
    if extent not in ("talk", "all"):
        return Reply(heard.state, (Said("too_old"),))
    asking.forgotten(heard, parts)
    if extent == "all":
        for code in parts.feedback.intake.codes_of(heard.state.channel, heard.state.address):
            parts.feedback.own_data.erase(code, heard.state.address)
    state = replace(heard.state, area="", consent_version="", step="", draft=None)
    return Reply(state, (Said(f"erased.{'all' if extent == 'all' else 'talk'}", choices=MENU),), forgets=True)


def _changed(heard: Heard, parts: ChatParts, code: str, how: str) -> Reply:
    act = parts.feedback.own_data.withdraw if how == "withdrawn" else parts.feedback.own_data.ask_again
    try:
        act(code, heard.state.address)
    except SubmissionNotFound:
        return Reply(heard.state, (Said("track.not_found"),))
    except TransitionNotAllowed:
        return Reply(heard.state, (Said("track.not_possible", choices=((Choice(f"track:{code}", "track.button"),),)),))
    return Reply(replace(heard.state, step=""), (Said(how, {"code": code}),))


def _facts(status: Status, heard: Heard, parts: ChatParts) -> dict[str, str]:
    row = parts.feedback.machine.states[status.state]
    label = row.en if heard.state.language == "en" else row.vi
    return {
        "code": status.code,
        "state": label,
        "received": _day(status.received_at),
        "since": _day(status.since),
        "told": _newest_word(parts, status.code),
    }


def _newest_word(parts: ChatParts, code: str) -> str:
    """The answer, or what an officer wrote last."""
    told = [one for one in parts.feedback.messages.of_citizen(code) if one.direction is Direction.TO_CITIZEN and one.text]
    return told[-1].text or "" if told else ""


def _offers(status: Status, heard: Heard, parts: ChatParts) -> tuple[tuple[Choice, ...], ...]:
    if not _is_mine(heard, parts, status.code):
        return ()
    offered = [
        (Choice(f"add:{status.code}", "add.button"),),
        *([(Choice(f"again:{status.code}", "again.button"),)] if status.can_ask_again else []),
        *([(Choice(f"withdraw:{status.code}", "withdraw.button"),)] if status.can_withdraw else []),
    ]
    return (*offered, *going_on(heard.state))


def _is_mine(heard: Heard, parts: ChatParts, code: str) -> bool:
    return code in parts.feedback.intake.codes_of(heard.state.channel, heard.state.address)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
