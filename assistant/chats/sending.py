"""Sending a report or recommendation by chat, in a few short steps that can be skipped and taken up again after days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.chats import asking, submitting
from assistant.chats.chats import Draft
from assistant.chats.grave import alarm, asks_something, gravest, is_grave
from assistant.chats.kinds import is_of_law
from assistant.chats.menus import CANCEL, going_on
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.places import place_choices
from assistant.chats.short_words import agrees, says_no
from assistant.chats.types import Choice, EventKind, Said
from assistant.understanding.routes import Route

STEPS = ("what", "where", "like", "files", "contact", "check")
# What was told by voice waits to be confirmed: while a matter is written, or out of the blue.
HEARD, HEARD_FIRST = "voice", "voice:first"
MOST_FILES = 10
# A telephone number in whatever way it is written, apart from a house number before it.
_PHONE = re.compile(r"\+?\d(?:[ .\-]?\d){7,13}")
# Longer than a place or a name is: the letter goes on.
_LONGEST_ANSWER = 300
# A client cuts a long letter at 4,096 characters and sends the pieces one after the other.
PIECE, _SOON = 3_500, timedelta(seconds=20)


def begin(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Asks what it is about; a draft that lies there is taken up again."""
    if heard.state.writing and heard.state.writing.text:
        choices = ((Choice("resume", "resume"),), (Choice("afresh", "afresh"),))
        return Reply(heard.state, (Said("send.resume", {"text": _beginning(heard.state.writing.text)}, choices),))
    return _at(heard, "what", Draft(heard.request_id))


def begin_with(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """Begins with what was typed as a question, and the provisions that were cited to it."""
    found = asking.answer_of(heard, parts, fact)
    if found is None:
        return begin(heard, parts)
    typed, shown = found
    came_by = (shown.message,) if shown.message else ()
    if shown.sendable in asking.GUIDED:
        # Guided already, with the button that led here.
        guided = Draft(heard.request_id, typed, messages=came_by, is_secret=shown.sendable == Route.DENUNCIATION)
        return begun(heard, parts, guided) if heard.state.writing else next_step(heard, parts, "what", guided)
    return begun(heard, parts, Draft(heard.request_id, typed, provisions=shown.provisions, messages=came_by))


def picked(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """One of the options of an answer; a report or recommendation, as the whole or a part of what was typed, begins to be sent."""
    choice, label = asking.option_of(heard, parts, fact) or ("", "")
    if choice.startswith(asking.PART):
        return begun(heard, parts, Draft(heard.request_id, label))
    if choice in (Route.REPORT, Route.RECOMMENDATION):
        return begin_with(heard, parts, fact.partition(":")[0])
    return asking.pick(heard, parts, fact)


def resume(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Goes on where the draft was left."""
    draft = heard.state.writing and replace(heard.state.writing, beside=None)
    if not draft or not draft.text:
        return begin(heard, parts)
    # What was heard and never confirmed has not been looked at yet.
    return next_step(heard, parts, "what", draft) if draft.messages else after_what(heard, parts, draft)


def afresh(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Throws the draft away and begins again."""
    dropped = cancelled(heard, parts)
    return _at(replace(heard, state=dropped.state), "what", Draft(heard.request_id))


def cancelled(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Nothing is sent, and what was written is gone; where something else was being asked, that is left open and a draft stays."""
    step = heard.state.step.partition(":")[0]
    # A second tap, or one on an old button, means what was left open already; the command means the draft.
    is_late = not step and heard.state.writing is not None and heard.event.kind is EventKind.BUTTON
    if is_late or (step and step not in (*STEPS, HEARD)):
        return Reply(replace(heard.state, step=""), (Said("skipped", choices=going_on(heard.state)),))
    said = Said("cancelled") if heard.state.writing else Said("cancelled.nothing")
    return Reply(replace(heard.state, step="", draft=None), (said,))


def what(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Takes the words of the matter in; at a later step a bare yes or no answers that step, and is no part of the matter."""
    step = heard.state.step
    if step in ("like", "files") and says_no(heard.event.text):
        return skip(heard, parts, step)
    if step == "like" and agrees(heard.event.text) and heard.state.writing:
        # Which of them is meant, only a button tells.
        return submitting.alike(heard, parts, heard.state.writing) or skip(heard, parts, step)
    if step == "check" and agrees(heard.event.text):
        # Agreed to is the text of a version, which the button carries.
        return Reply(heard.state, (Said("send.tap", choices=submitting.agreeing(parts, heard.state.writing)),))
    if not any(letter.isalnum() for letter in heard.event.text):
        return Reply(heard.state, (Said("send.no_words", choices=(CANCEL,)),))
    return after_what(heard, parts, _with_words(heard, parts))


def _with_words(heard: Heard, parts: ChatParts) -> Draft:
    return draft_of(heard).with_text(heard.event.text, heard.event.message, parts.clock().isoformat())


def _instead(heard: Heard, parts: ChatParts) -> Reply | None:
    """What is said where an answer to a step is none: more of a letter, danger or a violator, a question; None where it is one."""
    text, draft, step = heard.event.text, draft_of(heard), heard.state.step
    is_soon = bool(draft.told_at) and parts.clock() - datetime.fromisoformat(draft.told_at) < _SOON
    if len(text) > _LONGEST_ANSWER or (is_soon and len(draft.text) >= PIECE):
        return after_what(heard, parts, _with_words(heard, parts))
    if is_grave(gravest(parts, text), text):
        return after_what(heard, parts, _with_words(heard, parts))
    if asks_something(parts, text):
        # The step is asked again behind the answer.
        return Reply(heard.state, (*asking.asked(heard, parts, text, alone=True).said, *_at(heard, step, draft).said))
    return None


def where(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Takes the place in, as typed."""
    if says_no(heard.event.text):
        return skip(heard, parts, "where")
    if reply := _instead(heard, parts):
        return reply
    return next_step(heard, parts, "where", replace(draft_of(heard), where=heard.event.text.strip()[:500]))


def at_unit(heard: Heard, parts: ChatParts, code: str) -> Reply:
    """Takes the place in by the code of its commune."""
    commune = parts.areas.commune(code) if parts.areas else None
    draft = heard.state.writing
    if draft is None or commune is None:
        return submitting.gone(heard)
    placed = replace(draft, where=commune.full)
    if heard.state.step == "check":
        return submitting.checked(heard, parts, placed)
    if not draft.text:
        return _at(heard, "what", placed)
    return next_step(heard, parts, {"files": "like", "contact": "files"}.get(heard.state.step, "where"), placed)


def skip(heard: Heard, parts: ChatParts, step: str) -> Reply:
    """Goes on without an answer to this step."""
    return next_step(heard, parts, step, draft_of(heard)) if step in STEPS[:-1] and heard.state.writing else submitting.gone(heard)


def contact(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Takes a name and a telephone number in, in one message, in any order."""
    if says_no(heard.event.text):
        return skip(heard, parts, "contact")
    if heard.event.kind is EventKind.TEXT and (reply := _instead(heard, parts)):
        return reply
    found = list(_PHONE.finditer(heard.event.text))
    phone = "".join(letter for letter in found[-1][0] if letter.isdigit() or letter == "+") if found else ""
    rest = heard.event.text[: found[-1].start()] + " " + heard.event.text[found[-1].end() :] if found else heard.event.text
    name = " ".join(rest.split()).strip(" .,;:-–")
    return next_step(heard, parts, "contact", replace(draft_of(heard), name=name[:200], phone=phone[:40]))


def change(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Writes the words of the draft anew; place, files and contact stay."""
    if heard.state.writing is None:
        return submitting.gone(heard)
    return _at(heard, "what", replace(heard.state.writing, text="", messages=(), is_secret=False))


def after_what(heard: Heard, parts: ChatParts, draft: Draft) -> Reply:
    """What kind of matter it is decides what is said before it goes on."""
    done = done_before(heard.state.step)
    return alarm(heard, parts, draft, done) or next_step(heard, parts, done, draft)


def done_before(step: str) -> str:
    """The last step before `step`; whoever goes on from there is asked `step`, and nothing again that they skipped."""
    return {"like": "where", "files": "like", "contact": "files", "check": "contact"}.get(step, "what")


def begun(heard: Heard, parts: ChatParts, new: Draft) -> Reply:
    """Begins with a matter; where another lies there unsent, the person says which is meant, and neither is lost."""
    old = heard.state.writing
    if old is None or not (old.text or old.files):
        return after_what(heard, parts, new) if new.text else _words_please(heard, new)
    urgent = (Said("emergency"),) if new.text and gravest(parts, new.text).is_urgent else ()
    choices = ((Choice("other", "draft.other"),), (Choice("resume", "draft.old"),), (Choice("join", "draft.join"),))
    facts = {"old": _beginning(old.text), "new": _beginning(new.text)}
    state = replace(heard.state, step="", draft=replace(old, beside=new))
    return Reply(state, (*urgent, Said("send.two", facts, choices)))


def other(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """The matter that came later is meant; the older one goes."""
    draft = heard.state.writing
    if draft is None or draft.beside is None:
        return submitting.gone(heard)
    free = replace(heard, state=replace(heard.state, step="", draft=None))
    return begun(free, parts, draft.beside)


def join(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Both are one matter."""
    draft = heard.state.writing
    if draft is None or draft.beside is None:
        return submitting.gone(heard)
    new = draft.beside
    files = tuple(dict.fromkeys((*draft.files, *new.files)))[:MOST_FILES]
    both = replace(
        draft,
        text=f"{draft.text}\n{new.text}".strip(),
        messages=(*draft.messages, *new.messages),
        files=files,
        beside=None,
        album=new.album,
    )
    return after_what(heard, parts, both)


def _words_please(heard: Heard, draft: Draft) -> Reply:
    return Reply(replace(heard.state, step="what", draft=draft), (Said("file.words_please", choices=(CANCEL,)),))


def next_step(heard: Heard, parts: ChatParts, step: str, draft: Draft) -> Reply:
    """The first step after `step` that is not answered yet."""
    for later in STEPS[STEPS.index(step) + 1 : -1]:
        if later == "like" and (alike := submitting.alike(heard, parts, draft)):
            return alike
        if later != "like" and not _is_answered(later, draft, parts):
            return _at(heard, later, draft)
    return submitting.checked(heard, parts, draft)


def _is_answered(step: str, draft: Draft, parts: ChatParts) -> bool:
    match step:
        case "where":
            named = parts.areas is not None and any(one.today for one in parts.areas.find(draft.text))
            return bool(draft.where) or named or is_of_law(draft.text)
        case "files":
            return bool(draft.files)
        case "contact":
            # They were just asked to leave name and address out (Luật Tố cáo 25/2018/QH14, Article 8).
            return draft.is_secret
        case _:
            return False


def _at(heard: Heard, step: str, draft: Draft) -> Reply:
    rows: tuple[tuple[Choice, ...], ...] = ((Choice(f"skip:{step}", f"skip.{step}"),),) if step != "what" else ()
    mine = ((Choice(f"at:{heard.state.area}", "where.mine"),),) if step == "where" and heard.state.area else ()
    said = Said(f"send.{step}", choices=(*mine, *rows, CANCEL), asks_point=step == "where")
    return Reply(replace(heard.state, step=step, draft=draft), (said,))


def pointed(heard: Heard, parts: ChatParts) -> Reply:
    """A shared location: the communes nearby to choose from, for the matter that is being written or for where the person lives."""
    is_of_matter = heard.state.writing is not None and heard.state.step in STEPS
    choices = place_choices(heard.event.point, parts.areas, parts.points, "at" if is_of_matter else "area")
    if not choices:
        return Reply(heard.state, (Said("where.unknown"),))
    if not is_of_matter:
        if heard.state.step == "area":
            return Reply(heard.state, (Said("where.near", choices=(*choices, CANCEL)),))
        return Reply(heard.state, (Said("area.near", choices=(*choices, (Choice("gui", "menu.send"),), CANCEL)),))
    point = ", ".join(f"{one:.5f}" for one in heard.event.point or ())
    return Reply(replace(heard.state, draft=replace(draft_of(heard), point=point)), (Said("where.near", choices=(*choices, CANCEL)),))


def draft_of(heard: Heard) -> Draft:
    """What is being written, or a new draft."""
    return heard.state.writing or Draft(heard.request_id)


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80].rsplit(' ', 1)[0]}…"
