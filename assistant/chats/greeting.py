"""The first words, help, the language, the person's commune, and how to reach somebody."""

from __future__ import annotations

from dataclasses import replace

from assistant.chats.menus import CANCEL, MENU, going_on
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.places import named_choices
from assistant.chats.types import Choice, Said

_LANGUAGES = ("vi", "en")


def started(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Who answers, what it can do, what happens to what is written, and the three big buttons."""
    return Reply(replace(heard.state, step=""), (Said("start", choices=MENU),))


def helped(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """What can be done, by typing and by commands."""
    return Reply(heard.state, (Said("help", choices=(*going_on(heard.state), *MENU)),))


def invited(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """Asks for a question, with an example."""
    return Reply(replace(heard.state, step=""), (Said("ask"),))


def languages(heard: Heard, _parts: ChatParts, fact: str = "") -> Reply:
    """The languages to choose from, or the one chosen."""
    if fact in _LANGUAGES:
        state = replace(heard.state, language=fact, is_language_chosen=True)
        return Reply(state, (Said("language.chosen", choices=(*going_on(heard.state), *MENU)),))
    choices = (tuple(Choice(f"lang:{code}", f"language.{code}") for code in _LANGUAGES),)
    return Reply(heard.state, (Said("language", choices=choices),))


def area(heard: Heard, parts: ChatParts, fact: str = "") -> Reply:
    """Asks for the person's commune, or offers those that the name typed may mean."""
    if fact.strip():
        return area_named(replace(heard, event=replace(heard.event, text=fact)), parts)
    return Reply(replace(heard.state, step="area"), (Said("area", _known(heard, parts), (*_drop(heard), CANCEL), asks_point=True),))


def area_named(heard: Heard, parts: ChatParts, _fact: str = "") -> Reply:
    """The communes of today that a name, old or new, may mean."""
    choices = named_choices(heard.event.text, parts.areas, "area")
    if not choices:
        return Reply(replace(heard.state, step="area"), (Said("area.unknown", choices=(CANCEL,)),))
    return Reply(replace(heard.state, step="area"), (Said("area.choose", choices=(*choices, CANCEL)),))


def area_chosen(heard: Heard, parts: ChatParts, code: str) -> Reply:
    """Keeps the commune; "none" forgets it."""
    if code == "none":
        return Reply(replace(heard.state, area="", step=""), (Said("area.dropped", choices=going_on(heard.state)),))
    commune = parts.areas.commune(code) if parts.areas else None
    if commune is None:
        return Reply(heard.state, (Said("too_old"),))
    return Reply(replace(heard.state, area=code, step=""), (Said("area.kept", {"place": commune.full}, going_on(heard.state)),))


def person(heard: Heard, _parts: ChatParts, _fact: str = "") -> Reply:
    """How to reach a person."""
    choices = ((Choice("theodoi", "menu.track"),), *going_on(heard.state))
    return Reply(heard.state, (Said("person", choices=choices),))


def _known(heard: Heard, parts: ChatParts) -> dict[str, str]:
    commune = parts.areas.commune(heard.state.area) if parts.areas and heard.state.area else None
    return {"place": commune.full if commune else ""}


def _drop(heard: Heard) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("area:none", "area.drop"),),) if heard.state.area else ()
