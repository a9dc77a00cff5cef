"""Files with a matter: pictures, documents, and recordings, whose words are confirmed before they count as typed."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.types import Outcome
from assistant.chats import asking, submitting
from assistant.chats.chats import Draft
from assistant.chats.errors import FileNotHad, FileRefused
from assistant.chats.grave import alarm
from assistant.chats.menus import CANCEL
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.sending import HEARD, HEARD_FIRST, MOST_FILES, STEPS, after_what, begun, draft_of, next_step, what
from assistant.chats.short_words import agrees
from assistant.chats.types import Choice, FileKind, Said


def attached(heard: Heard, parts: ChatParts) -> Reply:
    """Takes a file in: a picture, a recording, a document; what is said in it is asked for where nobody can write it down."""
    draft = draft_of(heard)
    is_new = heard.state.step.partition(":")[0] not in (*STEPS, HEARD, "add", "asked") and bool(draft.text)
    if is_new:
        draft = Draft(heard.request_id)
    if heard.state.step.startswith(HEARD):
        # Heard and not confirmed; another recording may say it better.
        draft = replace(draft, text="")
    if len(draft.files) >= MOST_FILES:
        return Reply(heard.state, (Said("file.too_many", {"most": str(MOST_FILES)}),))
    try:
        key = _taken(heard, parts)
    except FileRefused as error:
        return Reply(heard.state, (Said(f"file.{error.reason}"),))
    step, _, code = heard.state.step.partition(":")
    if heard.about or step in ("add", "asked"):
        return submitting.added(heard, parts, heard.about or code, parts.files.read((key,)))
    draft = replace(draft, files=tuple(dict.fromkeys((*draft.files, key))))
    return _beside(heard, parts, draft, key) if is_new else _with_file(heard, parts, draft, key)


def _beside(heard: Heard, parts: ChatParts, new: Draft, key: str) -> Reply:
    """A file that begins another matter while one lies there."""
    words = heard.event.text.strip() or _heard_in(heard, parts, key)
    return begun(heard, parts, new.with_text(words, heard.event.message, parts.clock().isoformat()) if words else new)


def sure(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Goes on with the draft after a word of warning."""
    if heard.state.writing is None:
        return submitting.gone(heard)
    if heard.state.step.startswith(HEARD):
        return heard_right(heard, parts)
    step = heard.state.step if heard.state.step in STEPS else "what"
    return submitting.checked(heard, parts, heard.state.writing) if step == "check" else next_step(heard, parts, step, heard.state.writing)


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
    has_words = bool(heard.event.text.strip())
    draft = draft.with_text(heard.event.text, heard.event.message, parts.clock().isoformat()) if has_words else draft
    if not draft.text:
        return _without_words(heard, parts, draft, key)
    if has_words and (reply := alarm(heard, parts, draft, "files")):
        return reply
    if heard.state.step == "check":
        return submitting.checked(heard, parts, draft)
    if heard.state.step not in STEPS[1:]:
        # A caption begins a matter, whatever was being asked.
        return after_what(heard, parts, draft)
    choices = ((Choice(f"skip:{heard.state.step}", "files.enough"),), CANCEL)
    return Reply(replace(heard.state, draft=draft), (Said("file.taken", {"files": str(len(draft.files))}, choices),))


def _without_words(heard: Heard, parts: ChatParts, draft: Draft, key: str) -> Reply:
    """A file that nothing was written to: a line is asked for; what was heard in it is shown, to be confirmed before anything is done."""
    words = _heard_in(heard, parts, key)
    if not words:
        said = Said("voice.words_please" if _is_voice(heard) else "file.words_please", choices=(CANCEL,))
        return Reply(replace(heard.state, step="what", draft=draft), (said,))
    heard_right = ((Choice("heard", "voice.right"),), (Choice("change", "voice.wrong"),), CANCEL)
    is_first = heard.state.step not in (*STEPS, HEARD)
    state = replace(heard.state, step=HEARD_FIRST if is_first else HEARD, draft=replace(draft, text=words))
    urgent = (Said("emergency"),) if parts.assistant.answer_alone(words).is_urgent else ()
    return Reply(state, (*urgent, Said("voice.heard", {"words": words}, heard_right)))


def _is_voice(heard: Heard) -> bool:
    return heard.event.file is not None and heard.event.file.kind is FileKind.VOICE


def _heard_in(heard: Heard, parts: ChatParts, key: str) -> str:
    """What was said in a recording, as far as anything can write it down."""
    return (parts.transcriber.transcribe(parts.files.content(key)) or "") if _is_voice(heard) and parts.transcriber else ""


def heard_right(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """What was heard is confirmed: from now on it counts as typed. Out of the blue it may be a question: then it is answered."""
    draft = heard.state.writing
    if draft is None or not heard.state.step.startswith(HEARD):
        return submitting.gone(heard)
    asks = heard.state.step == HEARD_FIRST and parts.assistant.answer_alone(draft.text).outcome is not Outcome.HANDED_TO_FEEDBACK
    state = replace(heard.state, step="" if asks else "what", draft=None if asks else draft)
    confirmed = replace(heard, state=state)
    return asking.asked(confirmed, parts, draft.text) if asks else after_what(confirmed, parts, draft)


def told_otherwise(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """What is typed where something was heard stands in its place."""
    if agrees(heard.event.text):
        return heard_right(heard, parts)
    return what(replace(heard, state=replace(heard.state, step="what", draft=replace(draft_of(heard), text="", messages=()))), parts)
