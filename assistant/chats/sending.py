"""Sending a report or recommendation by chat, in a few short steps that can be skipped and taken up again after days."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.types import Answer, Outcome
from assistant.answering.understand import MAX_QUESTION_CHARS
from assistant.chats import asking, submitting
from assistant.chats.chats import Draft
from assistant.chats.errors import FileNotHad, FileRefused
from assistant.chats.kinds import is_of_law
from assistant.chats.menus import CANCEL, going_on
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.places import place_choices
from assistant.chats.short_words import agrees, says_no
from assistant.chats.types import Choice, EventKind, FileKind, Said
from assistant.understanding.routes import Route

_STEPS = ("what", "where", "like", "files", "contact", "check")
# What was told by voice waits to be confirmed: while a matter is written, or out of the blue.
_HEARD, _HEARD_FIRST = "voice", "voice:first"
_MOST_FILES = 10
# Of a telephone number in whatever way it is written.
_FEWEST_DIGITS = 8


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
    if shown.sendable in asking.GUIDED:
        # Guided already, with the button that led here.
        return _next(heard, parts, "what", Draft(heard.request_id, typed, is_secret=shown.sendable == Route.DENUNCIATION))
    return _after_what(heard, parts, Draft(heard.request_id, typed, provisions=shown.provisions))


def picked(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """One of the options of an answer; a report or recommendation, as the whole or a part of what was typed, begins to be sent."""
    choice, label = asking.option_of(heard, parts, fact) or ("", "")
    if choice.startswith(asking.PART):
        return _after_what(heard, parts, Draft(heard.request_id, label))
    if choice in (Route.REPORT, Route.RECOMMENDATION):
        return begin_with(heard, parts, fact.partition(":")[0])
    return asking.pick(heard, parts, fact)


def resume(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Goes on where the draft was left."""
    draft = heard.state.writing
    if not draft or not draft.text:
        return begin(heard, parts)
    # What was heard and never confirmed has not been looked at yet.
    return _next(heard, parts, "what", draft) if draft.messages else _after_what(heard, parts, draft)


def afresh(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Throws the draft away and begins again."""
    dropped = cancelled(heard, parts)
    return _at(replace(heard, state=dropped.state), "what", Draft(heard.request_id))


def cancelled(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Nothing is sent, and what was written is gone; where something else was being asked, that is left open and a draft stays."""
    step = heard.state.step.partition(":")[0]
    # A second tap, or one on an old button, means what was left open already; the command means the draft.
    is_late = not step and heard.state.writing is not None and heard.event.kind is EventKind.BUTTON
    if is_late or (step and step not in (*_STEPS, _HEARD)):
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
        return Reply(heard.state, (Said("send.tap", choices=submitting.agreeing(parts)),))
    draft = _draft(heard).with_text(heard.event.text, heard.event.message)
    return _after_what(heard, parts, draft)


def where(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Takes the place in, as typed."""
    if says_no(heard.event.text):
        return skip(heard, parts, "where")
    return _next(heard, parts, "where", replace(_draft(heard), where=heard.event.text.strip()[:500]))


def at_unit(heard: Heard, parts: ChatParts, code: str) -> Reply:
    """Takes the place in by the code of its commune."""
    commune = parts.areas.commune(code) if parts.areas else None
    return _next(heard, parts, "where", replace(_draft(heard), where=commune.full if commune else ""))


def attached(heard: Heard, parts: ChatParts) -> Reply:
    """Takes a file in: a picture, a recording, a document; what is said in it is asked for where nobody can write it down."""
    draft = _draft(heard)
    if heard.state.step.startswith(_HEARD):
        # Heard and not confirmed; another recording may say it better.
        draft = replace(draft, text="")
    if len(draft.files) >= _MOST_FILES:
        return Reply(heard.state, (Said("file.too_many", {"most": str(_MOST_FILES)}),))
    try:
        key = _taken(heard, parts)
    except FileRefused as error:
        return Reply(heard.state, (Said(f"file.{error.reason}"),))
    step, _, code = heard.state.step.partition(":")
    if step == "add":
        return submitting.added(heard, parts, code, parts.files.read((key,)))
    draft = replace(draft, files=tuple(dict.fromkeys((*draft.files, key))))
    return _with_file(heard, parts, draft, key)


def skip(heard: Heard, parts: ChatParts, step: str) -> Reply:
    """Goes on without an answer to this step."""
    return _next(heard, parts, step, _draft(heard)) if step in _STEPS[:-1] and heard.state.writing else submitting.gone(heard)


def contact(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Takes a name and a telephone number in, in one message, in any order."""
    if says_no(heard.event.text):
        return skip(heard, parts, "contact")
    digits = "".join(letter for letter in heard.event.text if letter.isdigit() or letter == "+")
    phone = digits if len(digits) >= _FEWEST_DIGITS else ""
    name = " ".join("".join(letter for letter in heard.event.text if not (phone and (letter.isdigit() or letter in "+.,;:-"))).split())
    return _next(heard, parts, "contact", replace(_draft(heard), name=name[:200], phone=phone[:40]))


def change(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Writes the words of the draft anew; place, files and contact stay."""
    return (
        _at(heard, "what", replace(_draft(heard), text="", messages=(), is_secret=False)) if heard.state.writing else submitting.gone(heard)
    )


def _gravest(parts: ChatParts, text: str) -> Answer:
    """What is thought of a text: of one too long to be answered, of its gravest piece."""
    pieces = [text[at : at + MAX_QUESTION_CHARS] for at in range(0, max(1, len(text)), MAX_QUESTION_CHARS)]
    answers = [parts.assistant.answer_alone(piece) for piece in pieces]
    return max(answers, key=lambda answer: (answer.is_urgent, answer.route == Route.DENUNCIATION, answer.route == Route.COMPLAINT))


def _after_what(heard: Heard, parts: ChatParts, draft: Draft) -> Reply:
    """What kind of matter it is decides what is said before it goes on."""
    answer = _gravest(parts, draft.text)
    # Once promised, the seal stays, whatever is added; new words are looked at anew.
    draft = replace(draft, is_secret=draft.is_secret or answer.route == Route.DENUNCIATION)
    # What was skipped is not asked again where words are added later.
    done = {"like": "where", "files": "like", "check": "contact"}.get(heard.state.step, "what")
    if answer.is_urgent:
        # Nothing else is asked of whoever may be in danger; the matter waits.
        choices = ((Choice("sure", "resume"),), CANCEL)
        return Reply(replace(heard.state, step=done, draft=draft), (Said("emergency", choices=choices),))
    if answer.route in (Route.DENUNCIATION, Route.COMPLAINT):
        return _guided(heard, parts, draft, answer)
    return _next(heard, parts, done, draft)


def _guided(heard: Heard, parts: ChatParts, draft: Draft, answer: Answer) -> Reply:
    """A complaint or denunciation: how and where it is really made, and the choice to send the words all the same."""
    shown = parts.words.answer(answer, heard.state.language)
    choices = ((Choice("sure", "send.anyway"),), CANCEL)
    said = (Said("answer", parts=tuple(filter(None, (shown.first, shown.where)))), Said(f"send.not_a_{answer.route}", choices=choices))
    return Reply(replace(heard.state, step="what", draft=draft), said)


def sure(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Goes on with the draft after a word of warning."""
    if heard.state.writing is None:
        return submitting.gone(heard)
    if heard.state.step.startswith(_HEARD):
        return heard_right(heard, parts)
    step = heard.state.step if heard.state.step in _STEPS else "what"
    return submitting.checked(heard, parts, heard.state.writing) if step == "check" else _next(heard, parts, step, heard.state.writing)


def _taken(heard: Heard, parts: ChatParts) -> str:
    """The key of the file, which is kept from now on. Raises `FileRefused`; what may work later raises `FileNotHad`."""
    if heard.event.file is None:
        raise FileRefused("kind")
    try:
        return parts.files.take(heard.state.number, heard.request_id, heard.event.file)
    except FileNotHad as error:
        if error.is_final:
            raise FileRefused("too_big") from error
        raise


def _with_file(heard: Heard, parts: ChatParts, draft: Draft, key: str) -> Reply:
    draft = draft.with_text(heard.event.text, heard.event.message) if heard.event.text.strip() else draft
    if not draft.text:
        return _without_words(heard, parts, draft, key)
    if heard.state.step == "check":
        return submitting.checked(heard, parts, draft)
    if heard.state.step not in _STEPS[1:]:
        # A caption begins a matter, whatever was being asked.
        return _after_what(heard, parts, draft)
    choices = ((Choice(f"skip:{heard.state.step}", "files.enough"),), CANCEL)
    return Reply(replace(heard.state, draft=draft), (Said("file.taken", {"files": str(len(draft.files))}, choices),))


def _without_words(heard: Heard, parts: ChatParts, draft: Draft, key: str) -> Reply:
    """A file that nothing was written to: a line is asked for; what was heard in it is shown, to be confirmed before anything is done."""
    is_voice = heard.event.file is not None and heard.event.file.kind is FileKind.VOICE
    words = parts.transcriber.transcribe(parts.files.content(key)) if is_voice and parts.transcriber else None
    if not words:
        said = Said("voice.words_please" if is_voice else "file.words_please", choices=(CANCEL,))
        return Reply(replace(heard.state, step="what", draft=draft), (said,))
    heard_right = ((Choice("heard", "voice.right"),), (Choice("change", "voice.wrong"),), CANCEL)
    is_first = heard.state.step not in (*_STEPS, _HEARD)
    state = replace(heard.state, step=_HEARD_FIRST if is_first else _HEARD, draft=replace(draft, text=words))
    urgent = (Said("emergency"),) if parts.assistant.answer_alone(words).is_urgent else ()
    return Reply(state, (*urgent, Said("voice.heard", {"words": words}, heard_right)))


def heard_right(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """What was heard is confirmed: from now on it counts as typed. Out of the blue it may be a question: then it is answered."""
    draft = heard.state.writing
    if draft is None or not heard.state.step.startswith(_HEARD):
        return submitting.gone(heard)
    asks = heard.state.step == _HEARD_FIRST and parts.assistant.answer_alone(draft.text).outcome is not Outcome.HANDED_TO_FEEDBACK
    state = replace(heard.state, step="" if asks else "what", draft=None if asks else draft)
    confirmed = replace(heard, state=state)
    return asking.asked(confirmed, parts, draft.text) if asks else _after_what(confirmed, parts, draft)


def told_otherwise(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """What is typed where something was heard stands in its place."""
    if agrees(heard.event.text):
        return heard_right(heard, parts)
    return what(replace(heard, state=replace(heard.state, step="what", draft=replace(_draft(heard), text="", messages=()))), parts)


def _next(heard: Heard, parts: ChatParts, step: str, draft: Draft) -> Reply:
    """The first step after `step` that is not answered yet."""
    for later in _STEPS[_STEPS.index(step) + 1 : -1]:
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
    """A shared location: the communes nearby to choose from."""
    choices = place_choices(heard.event.point, parts.areas, parts.points, "at" if heard.state.step == "where" else "area")
    return Reply(heard.state, (Said("where.near", choices=(*choices, CANCEL)) if choices else Said("where.unknown"),))


def _draft(heard: Heard) -> Draft:
    return heard.state.writing or Draft(heard.request_id)


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80].rsplit(' ', 1)[0]}…"
