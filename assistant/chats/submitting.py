"""A draft that is complete: shown as it would be sent, agreed to, sent, and added to afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.chats import asking
from assistant.chats.chats import ChatState, Draft
from assistant.chats.grave import alarm, gravest
from assistant.chats.menus import CANCEL
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.types import Choice, Said
from assistant.feedback.codes import read_code
from assistant.feedback.errors import SubmissionInvalid, SubmissionNotFound
from assistant.feedback.intake import Attachment, ContactDetails, NewSubmission
from assistant.feedback.timing.running_deadlines import SCREENING
from corpus.days import VIETNAM
from corpus.text import fold

_LIKE = 3
_OF_A_DRAFT = ("what", "where", "like", "files", "contact", "check", "voice", "voice:first")
# An edit later than that is a new message.
_EDITABLE = timedelta(minutes=10)


def support(heard: Heard, parts: ChatParts, fact: str) -> Reply:
    """Joins a published recommendation in place of sending one's own; the draft stays until it is sent or thrown away."""
    supporter = f"{heard.state.channel}:{heard.state.key}"
    if not fact.isdigit() or not parts.public.support(int(fact), supporter):
        return Reply(heard.state, (Said("too_old"),))
    choices = ((Choice("sure", "send.anyway"),), (Choice("enough", "send.enough"),))
    return Reply(heard.state, (Said("supported", choices=choices),))


def enough(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Having joined another's recommendation is enough: the draft goes."""
    return Reply(replace(heard.state, step="", draft=None), (Said("supported.enough"),)) if heard.state.writing else gone(heard)


def alike(heard: Heard, parts: ChatParts, draft: Draft) -> Reply | None:
    """What is public already and like the draft, before anything more is asked; None where nothing is, or the draft is secret."""
    public = () if draft.is_secret else parts.public.like(_with_place(draft), _LIKE)
    if not public:
        return None
    like = tuple((Choice(f"support:{one.number}", "support", {"title": one.title}),) for one in public)
    said = Said("send.like", choices=(*like, (Choice("skip:like", "send.anyway"),), CANCEL))
    return Reply(replace(heard.state, step="like", draft=draft), (said,))


def agreeing(parts: ChatParts, draft: Draft | None = None) -> tuple[tuple[Choice, ...], ...]:
    """What can be done with a draft that is complete."""
    without = ((Choice("nofiles", "files.drop"),),) if draft and draft.files else ()
    return ((Choice(f"agree:{parts.feedback.consents.current.version}", "agree"),), (Choice("change", "change"),), *without, CANCEL)


def check(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """Shows again what would be sent."""
    return checked(heard, parts, heard.state.writing) if heard.state.writing else gone(heard)


def send(heard: Heard, parts: ChatParts, version: str) -> Reply:
    """Sends the draft, agreed to by this tap, and tells its code."""
    draft, consents = heard.state.writing, parts.feedback.consents
    if draft is None and heard.state.draft is not None:
        # A second tap: it was sent, and this is its code.
        return _told(heard.state, parts, heard.state.draft)
    if draft is None or not (draft.text or draft.files):
        return gone(heard)
    if version != consents.current.version:
        return checked(heard, parts, draft)
    try:
        receipt = parts.feedback.intake.submit(_submission(heard, parts, draft, version))
    except SubmissionInvalid as error:
        return Reply(heard.state, (Said("send.invalid", {"reason": error.what}, agreeing(parts, draft)),))
    now = parts.clock().isoformat()
    sent = Draft(draft.request_id, messages=draft.messages, code=receipt.code, sent_at=now, is_secret=draft.is_secret)
    return _told(replace(heard.state, step="", draft=sent, consent_version=version), parts, sent)


def amend(heard: Heard, parts: ChatParts) -> Reply:
    """An edited message: the draft says what it says now; what was sent already is added to."""
    draft = heard.state.draft
    if draft is None or heard.event.message not in draft.messages:
        # A question that was typed anew is answered anew; older messages stay answered as they were.
        is_newest = asking.is_newest_question(heard, parts)
        return asking.asked(heard, parts, heard.event.text, alone=True) if is_newest else Reply(heard.state)
    if draft.code:
        return _amended_later(heard, parts, draft)
    if len(draft.messages) > 1:
        # Which of its words came by this message is not known.
        return Reply(heard.state, (Said("edit.write_anew", choices=((Choice("change", "change"),), CANCEL)),))
    changed = replace(draft, text=heard.event.text)
    if reply := alarm(heard, parts, changed, "what"):
        return reply
    if heard.state.step == "check":
        return checked(heard, parts, changed)
    return Reply(replace(heard.state, draft=changed), (Said("edit.taken"),))


def adding(heard: Heard, _parts: ChatParts, code: str) -> Reply:
    """Asks what is to be added to what was sent."""
    if read_code(code) is None:
        return gone(heard)
    return Reply(replace(heard.state, step=f"add:{code}"), (Said("add", {"code": code}, (CANCEL,)),))


def added(heard: Heard, parts: ChatParts, code: str, files: Sequence[tuple[str, bytes]] = ()) -> Reply:
    """Adds words or files to what was sent, for the officers who work on it."""
    attachments = tuple(Attachment(kind, content) for kind, content in files)
    try:
        parts.feedback.messages.add(code, heard.event.text, heard.request_id, sender=heard.state.address, attachments=attachments)
    except SubmissionNotFound:
        return Reply(replace(heard.state, step=""), (Said("track.not_found"),))
    except SubmissionInvalid:
        return Reply(heard.state, (Said("send.invalid", {"reason": "text"}),))
    urgent = (Said("emergency"),) if heard.event.text.strip() and gravest(parts, heard.event.text).is_urgent else ()
    return Reply(replace(heard.state, step=""), (*urgent, Said("added", {"code": code})))


def checked(heard: Heard, parts: ChatParts, draft: Draft) -> Reply:
    """What would be sent, as officers and as others would read it, with the text to agree to."""
    consent = parts.feedback.consents.current
    text = draft.text if draft.is_secret else parts.redactor.redacted(draft.text)
    facts = {
        "text": draft.text,
        "redacted": "" if fold(text) == fold(draft.text) else text,
        "where": draft.where,
        "files": str(len(draft.files)) if draft.files else "",
        "contact": ", ".join(filter(None, (draft.name, draft.phone))),
    }
    agreed = heard.state.consent_version == consent.version
    consenting = [] if agreed else [Said("consent", {"text": consent.en if heard.state.language == "en" else consent.vi})]
    return Reply(replace(heard.state, step="check", draft=draft), (*consenting, Said("send.check", facts, agreeing(parts, draft))))


def gone(heard: Heard) -> Reply:
    """What was tapped on belongs to something that is over."""
    is_over = heard.state.writing is None and heard.state.step in _OF_A_DRAFT
    return Reply(replace(heard.state, step="") if is_over else heard.state, (Said("too_old"),))


def _told(state: ChatState, parts: ChatParts, sent: Draft) -> Reply:
    """The code with what comes next; of what is kept under the seal no day is promised."""
    begun = datetime.fromisoformat(sent.sent_at).astimezone(VIETNAM).date()
    by, code = parts.feedback.deadlines.expected(SCREENING, begun), sent.code
    following = ((Choice(f"track:{code}", "track.button"),),)
    if sent.is_secret:
        return Reply(state, (Said("sent.secret", {"code": code}, following),))
    return Reply(state, (Said("sent", {"code": code, "by": f"{by:%d/%m/%Y}" if by else ""}, following),))


def _submission(heard: Heard, parts: ChatParts, draft: Draft, version: str) -> NewSubmission:
    attachments = tuple(Attachment(kind, content) for kind, content in parts.files.read(draft.files))
    return NewSubmission(
        channel=heard.state.channel,
        external_id=draft.request_id,
        text=_with_place(draft),
        consent_version=version,
        language=heard.state.language,
        contact=ContactDetails(name=draft.name, phone=draft.phone, address_on_channel=heard.state.address),
        provisions=asking.provisions_of(draft.provisions),
        attachments=attachments,
        is_secret=draft.is_secret,
    )


def _with_place(draft: Draft) -> str:
    """The words of the draft, and behind them the place where they do not name it, and where the person stood."""
    place = draft.where if fold(draft.where) not in fold(draft.text) else ""
    told = "; ".join(filter(None, (place, draft.point)))
    return f"{draft.text}\n\n[{told}]" if told else draft.text


def _amended_later(heard: Heard, parts: ChatParts, draft: Draft) -> Reply:
    """What was sent stays as it is; what the person wrote in its place soon after is added to it."""
    if parts.clock() - datetime.fromisoformat(draft.sent_at) > _EDITABLE:
        return Reply(heard.state, (Said("edit.too_late", {"code": draft.code}, ((Choice(f"add:{draft.code}", "add.button"),),)),))
    return added(heard, parts, draft.code)
