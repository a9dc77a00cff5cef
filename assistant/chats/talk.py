"""What is said to an event: commands, buttons, steps of what is being written, and everything else as a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.chats import asking, enclosing, following, greeting, sending, submitting
from assistant.chats.chats import Draft
from assistant.chats.grave import asks_something, gravest, is_grave
from assistant.chats.language_typed import in_language_typed
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.types import EventKind, Said
from assistant.understanding.short_words import wants_erased
from corpus.text import fold

Act = Callable[[Heard, ChatParts, str], Reply]

_COMMANDS: Mapping[str, Act] = {
    **dict.fromkeys(("start", "batdau"), greeting.started),
    **dict.fromkeys(("huongdan", "help"), greeting.helped),
    **dict.fromkeys(("hoi", "ask"), greeting.invited),
    **dict.fromkeys(("gui", "send"), sending.begin),
    **dict.fromkeys(("ngonngu", "language"), greeting.languages),
    **dict.fromkeys(("diachi", "address"), greeting.area),
    **dict.fromkeys(("theodoi", "track"), following.listed),
    **dict.fromkeys(("xoadulieu", "delete"), following.erase),
    **dict.fromkeys(("nguoithat", "person"), greeting.person),
    **dict.fromkeys(("huy", "cancel"), sending.cancelled),
}
_BUTTONS: Mapping[str, Act] = {
    "ask": greeting.invited,
    "gui": sending.begin,
    "theodoi": following.listed,
    "lang": greeting.languages,
    "area": greeting.area_chosen,
    "more": asking.more,
    "papers": asking.papers,
    "where": asking.where,
    "pick": sending.picked,
    "notmine": asking.not_mine,
    "wrong": asking.wrong,
    "why": asking.why,
    "send": sending.begin_with,
    "resume": sending.resume,
    "afresh": sending.afresh,
    "other": sending.other,
    "join": sending.join,
    "skip": sending.skip,
    "at": sending.at_unit,
    "sure": enclosing.sure,
    "heard": enclosing.heard_right,
    "change": sending.change,
    "nofiles": enclosing.without_files,
    "agree": submitting.send,
    "support": submitting.support,
    "enough": submitting.enough,
    "add": submitting.adding,
    "cancel": sending.cancelled,
    "track": following.tracked,
    "withdraw": following.withdraw,
    "withdrawn": following.withdrawn,
    "again": following.again,
    "verdict": following.judged,
    "erase": following.erase,
    "erased": following.erased,
}
# What a typed message means while something is being asked.
_STEPS: Mapping[str, Act] = {
    "what": sending.what,
    "where": sending.where,
    "like": sending.what,
    "files": sending.what,
    "voice": enclosing.told_otherwise,
    "contact": sending.contact,
    "check": sending.what,
    "area": greeting.area_named,
    "note": asking.note,
    "anew": asking.anew,
    "opinion": following.explained,
    "add": submitting.added,
    "asked": submitting.added,
}
# Where a question is answered in place of what was asked for.
_LEFT_FOR_A_QUESTION = ("area", "opinion", "asked")
# A deep link that asks: "start=q_<words>", underscores for blanks.
_QUESTION = "q_"
# Buttons below an answer that have more of it.
_REST = ("more", "papers", "where", "pick")
# Below a greeting in English: whoever taps them goes on in English.
_GOING_ON_IN_ENGLISH = ("ask:en", "gui:en", "theodoi:en")


def reply_to(heard: Heard, parts: ChatParts) -> Reply:
    """What is said to one event, and how the chat stands afterwards."""
    heard = enclosing.past_album(heard)
    heard = in_language_typed(heard)
    if heard.event.is_group:
        return _in_group(heard, parts)
    match heard.event.kind:
        case EventKind.BLOCKED:
            return Reply(replace(heard.state, is_blocked=True))
        case EventKind.BUTTON:
            return _tapped(heard, parts)
        case EventKind.EDIT:
            return submitting.amend(heard, parts)
        case EventKind.FILE:
            return enclosing.attached(heard, parts)
        case EventKind.PLACE:
            return sending.pointed(heard, parts)
        case EventKind.CONTACT:
            return sending.contact(heard, parts) if heard.state.step == "contact" else Reply(heard.state, (Said("contact.unasked"),))
        case EventKind.UNSUPPORTED:
            return Reply(heard.state, (Said("unsupported"),))
        case EventKind.TEXT:
            return _typed(heard, parts)


def _in_group(heard: Heard, parts: ChatParts) -> Reply:
    """Where others read along questions are answered, and nothing else is taken in."""
    if heard.event.kind is not EventKind.TEXT or not heard.event.text.strip():
        return Reply(heard.state)
    if heard.event.text.lstrip().startswith("/"):
        return Reply(heard.state, (Said("group"),))
    said = asking.asked(heard, parts, heard.event.text).said[:1]
    return Reply(heard.state, tuple(replace(one, choices=(), below="group.rest" if _has_rest(one) else "") for one in said))


def _has_rest(said: Said) -> bool:
    """Whether more of an answer is to be had by its buttons."""
    return any(choice.action.partition(":")[0] in _REST for row in said.choices for choice in row)


def _typed(heard: Heard, parts: ChatParts) -> Reply:
    text = heard.event.text.strip()
    if text.startswith("/"):
        return _commanded(heard, parts, text)
    step, _, fact = heard.state.step.partition(":")
    if heard.about:
        return submitting.added(heard, parts, heard.about)
    act = _STEPS.get(step)
    if act is None and following.is_code(text, was_asked=step == "code"):
        return following.tracked(heard, parts, text)
    if act is None and wants_erased(text):
        return following.erase(heard, parts)
    if act and step in _LEFT_FOR_A_QUESTION and _is_something_else(parts, text):
        return asking.asked(replace(heard, state=replace(heard.state, step="")), parts, text, alone=True)
    if act:
        return act(heard, parts, fact)
    if len(text) >= sending.PIECE and not heard.state.step:
        # Nobody asks at such length: it is a letter, and more pieces of it may follow.
        return sending.begun(heard, parts, Draft(heard.request_id).with_text(text, heard.event.message, parts.clock().isoformat()))
    # Whoever asks something else has given up looking for a code.
    free = replace(heard, state=replace(heard.state, step="" if step == "code" else heard.state.step))
    return asking.asked(free, parts, heard.event.text)


def _is_something_else(parts: ChatParts, text: str) -> bool:
    """Whether what was typed is a question, or tells of danger or of a violator, whatever was asked for."""
    return asks_something(parts, text) or is_grave(gravest(parts, text), text)


def _commanded(heard: Heard, parts: ChatParts, text: str) -> Reply:
    # In a group a command carries the bot's name: "/start@dienhong_bot".
    command, _, fact = text[1:].partition(" ")
    name = fold(command.partition("@")[0]).lower()
    if name == "start" and fact.strip():
        return _linked(heard, parts, fact.strip())
    if name in ("theodoi", "track") and fact.strip():
        return following.tracked(heard, parts, fact.strip())
    act = _COMMANDS.get(name)
    return act(heard, parts, fact) if act else Reply(heard.state, (Said("unknown_command"),))


def _linked(heard: Heard, parts: ChatParts, payload: str) -> Reply:
    if payload.startswith(_QUESTION):
        return asking.asked(heard, parts, payload.removeprefix(_QUESTION).replace("_", " "))
    return following.tracked(heard, parts, payload)


def _tapped(heard: Heard, parts: ChatParts) -> Reply:
    if heard.event.text in _GOING_ON_IN_ENGLISH:
        heard = replace(heard, state=replace(heard.state, language="en", is_language_chosen=True))
    name, _, fact = heard.event.text.partition(":")
    act = _BUTTONS.get(name)
    return act(heard, parts, fact) if act else Reply(heard.state, (Said("too_old"),))
