"""Names of the places that sealed values of chats are bound to."""

from __future__ import annotations


def address_place(channel: str, chat_key: str) -> str:
    """Of a chat's address."""
    return f"chat.address:{channel}.{chat_key}"


def draft_place(channel: str, chat_key: str) -> str:
    """Of what is being written in a chat to be sent."""
    return f"chat.draft:{channel}.{chat_key}"


def event_place(key: str) -> str:
    """Of what came in."""
    return f"chat_event.content:{key}"


def outgoing_place(key: str) -> str:
    """Of what goes out."""
    return f"chat_message.content:{key}"


def line_place(key: str) -> str:
    """Of a line of a thread."""
    return f"chat_line.content:{key}"


def file_place(key: str) -> str:
    """Of a file of a draft."""
    return f"chat_file.content:{key}"


def unread_place(key: str) -> str:
    """Of what came in and could not be read."""
    return f"chat_unread.content:{key}"
