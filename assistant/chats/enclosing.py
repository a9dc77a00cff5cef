"""Files with a matter: pictures, documents, and recordings, whose words are confirmed before they count as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.types import Outcome
from assistant.chats import asking, submitting
from assistant.chats.chats import ALBUM, Draft
from assistant.chats.errors import FileNotHad, FileRefused
from assistant.chats.grave import alarm
from assistant.chats.menus import CANCEL, going_on
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.sending import HEARD, HEARD_FIRST, MOST_FILES, STEPS, after_what, begin, begun, done_before, draft_of, next_step, what
from assistant.chats.short_words import agrees
from assistant.chats.types import Choice, FileKind, Said


def attached(heard: Heard, parts: ChatParts) -> Reply:
    """Takes a file in: a picture, a recording, a document; what is said in it is asked for where nobody can write it down."""
    step, _, sent = heard.state.step.partition(":")
    if heard.about or step in ("add", "asked", ALBUM):
        return _added(heard, parts, heard.about or sent.rpartition(":")[2])
    draft, is_new = _meant(heard)
    try:
        key = _taken(heard, parts, draft.files)
    except FileRefused as error:
        return _refused(heard, parts, draft, error.reason, is_new=is_new)
    is_more = _is_of(heard, draft)
    draft = replace(draft, files=tuple(dict.fromkeys((*draft.files, key))), album=heard.event.album)
    if is_more and not heard.event.text.strip():
        # Of an album something is said once.
        return Reply(replace(heard.state, draft=replace(draft_of(heard), beside=draft) if is_new else draft))
    draft = _unheard(heard, draft)
    return _beside(heard, parts, draft, key) if is_new else _with_file(heard, parts, draft, key)


def past_album(heard: Heard) -> Heard:
    """The same, once no more of an album comes whose first was added to what was sent."""
    step, _, album = heard.state.step.partition(":")
    is_more = heard.event.album and album.startswith(f"{heard.event.album}:")
    return heard if step != ALBUM or is_more else replace(heard, state=replace(heard.state, step=""))


def without_files(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Drops the files of a draft; its words stay."""
    draft, step = heard.state.writing, heard.state.step
    if draft is None or not draft.files:
        return submitting.gone(heard)
    bare, dropped = replace(draft, files=(), album=""), Said("file.dropped")
    if step.startswith(HEARD) or (step in STEPS and not draft.text):
        again = begin(replace(heard, state=replace(heard.state, draft=None)), parts)
    elif step in STEPS:
        again = next_step(heard, parts, done_before(step), bare)
    else:
        return Reply(replace(heard.state, draft=bare), (replace(dropped, choices=going_on(heard.state)),))
    return Reply(again.state, (dropped, *again.said))


def _is_of(heard: Heard, draft: Draft) -> bool:
    return bool(heard.event.album) and draft.album == heard.event.album


def _meant(heard: Heard) -> tuple[Draft, bool]:
    """What a file belongs to, and whether that is another matter than the one that lies there."""
    old = draft_of(heard)
    if heard.state.step in (*STEPS, HEARD, HEARD_FIRST) or not old.text or _is_of(heard, old):
        return old, False
    if old.beside and _is_of(heard, old.beside):
        return old.beside, True
    return Draft(heard.request_id), True


def _unheard(heard: Heard, draft: Draft) -> Draft:
    # Heard and not confirmed; another recording, or words, may say it better.
    return replace(draft, text="") if heard.state.step.startswith(HEARD) else draft


def _added(heard: Heard, parts: ChatParts, code: str) -> Reply:
    """Adds a file to what was sent; what is refused leaves its words to be added."""
    try:
        key = _taken(heard, parts)
    except FileRefused as error:
        refused = Said(f"file.{error.reason}", {"most": str(MOST_FILES)})
        rest = submitting.added(heard, parts, code) if heard.event.text.strip() else Reply(heard.state)
        return Reply(rest.state, (refused, *rest.said))
    reply = submitting.added(heard, parts, code, parts.files.read((key,)))
    if not heard.event.album or reply.state.step:
        return reply
    is_more = heard.state.step.startswith(f"{ALBUM}:") and not heard.event.text.strip()
    return Reply(replace(reply.state, step=f"{ALBUM}:{heard.event.album}:{code}"), () if is_more else reply.said)


def _refused(heard: Heard, parts: ChatParts, draft: Draft, reason: str, *, is_new: bool) -> Reply:
    """Says why a file is not taken, once for an album; its words count all the same."""
    is_full = reason in ("too_many", "too_much") and not is_new and bool(draft.files)
    drop = ((Choice("nofiles", "files.drop"),), *_enough(heard)) if is_full else ()
    said = Said(f"file.{reason}", {"most": str(MOST_FILES)}, drop)
    if heard.event.text.strip():
        told = _unheard(heard, draft).with_text(heard.event.text, heard.event.message, parts.clock().isoformat())
        rest = begun(heard, parts, told) if is_new else after_what(heard, parts, told)
        return Reply(rest.state, (said, *rest.said))
    noted = f"{heard.event.album} {reason}"
    if not heard.event.album or is_new or heard.state.writing is None:
        return Reply(heard.state, (said,))
    return Reply(replace(heard.state, draft=replace(draft, album=noted)), () if draft.album == noted else (said,))


def _enough(heard: Heard) -> tuple[tuple[Choice, ...], ...]:
    """The button for whoever has sent all files: on from where files are asked for, and everywhere else back to what is being asked."""
    step = "files" if heard.state.step == "files" else done_before(heard.state.step)
    return ((Choice(f"skip:{step}", "files.enough"),),) if heard.state.step in STEPS[1:] else ()


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


def _taken(heard: Heard, parts: ChatParts, beside: Sequence[str] = ()) -> str:
    """The key of the file, kept from now on `beside` others. Raises `FileRefused`; what may work later raises `FileNotHad`."""
    if heard.event.file is None:
        raise FileRefused("kind")
    if len(beside) >= MOST_FILES and heard.request_id not in beside:
        raise FileRefused("too_many")
    try:
        return parts.files.take(heard.state.number, heard.request_id, heard.event.file, beside)
    except FileNotHad as error:
        if error.is_final:
            raise FileRefused("too_big") from error
        raise


def _with_file(heard: Heard, parts: ChatParts, draft: Draft, key: str) -> Reply:
    has_words = bool(heard.event.text.strip())
    draft = draft.with_text(heard.event.text, heard.event.message, parts.clock().isoformat()) if has_words else draft
    if not draft.text:
        return _without_words(heard, parts, draft, key)
    step = heard.state.step
    if has_words and (reply := alarm(heard, parts, draft, done_before(step))):
        return reply
    if step not in STEPS[1:]:
        # A caption begins a matter, whatever was being asked.
        return after_what(heard, parts, draft)
    if step == "check" and not draft.album:
        return submitting.checked(heard, parts, draft)
    if step in ("files", "check"):
        choices = (*_enough(heard), CANCEL)
        # How many files an album has, nobody knows before the last one.
        taken = Said("file.album", choices=choices) if draft.album else Said("file.taken", {"files": str(len(draft.files))}, choices)
        return Reply(replace(heard.state, draft=draft), (taken,))
    again = next_step(heard, parts, done_before(step), draft)
    return Reply(again.state, (Said("file.kept"), *again.said))


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
