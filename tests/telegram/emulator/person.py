"""A person with a phone, to write tests like a transcript."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from tests.telegram.emulator import attachments
from tests.telegram.emulator.checks import MAX_TEXT
from tests.telegram.emulator.errors import Json
from tests.telegram.emulator.group import Group, is_for_bot, standing_changes
from tests.telegram.emulator.markup import Asks, Button
from tests.telegram.emulator.model import Attachment, Message, Standing
from tests.telegram.emulator.rich_text import RichText, chunks, trimmed
from tests.telegram.emulator.seen import Event, Happening, Seen, seen
from tests.telegram.emulator.viewing import Viewer
from tests.telegram.emulator.world import Draft, Tap

_PHONE = "+84900000000"


class Person(Viewer):
    """Somebody in a chat: in the private one with the bot, or `within` a group.

    All acts return at once; `wait_for` waits for what the bot says.
    """

    def within(self, group: Group) -> Person:
        """The same person in a group."""
        return Person(self._world, self.user, group.chat)

    # Words

    def starts(self, payload: str = "") -> Seen:
        """Press START, or open a link with a payload; ends a block."""
        if self._chat.standing is Standing.KICKED:
            self.unblocks_bot()
        return self.says(f"/start {payload}".strip())

    def says(self, text: str, reply_to: Seen | None = None) -> Seen:
        """Send a text; one too long for a message goes as several, and the last is returned."""
        quoted = self._chat.messages[reply_to.message_id] if reply_to else None
        *firsts, last = chunks(text, MAX_TEXT)
        for piece in firsts:
            self._sends(Draft(trimmed(RichText(piece)), reply_to=quoted))
        return self._sends(Draft(trimmed(RichText(last)), reply_to=quoted))

    def edits(self, message: Seen, text: str) -> Seen:
        """Change an own message."""
        with self._world.changed:
            written = self._chat.messages[message.message_id]
            if written.sender != self.user:
                raise AssertionError(f"{self.name} can edit own messages only, not: {message}")
            self._acts()
            self._world.change(written, trimmed(RichText(text)), None)
            self._tells("edited_message", written)
            return seen(written)

    # Files, places, contacts

    def sends_photo(self, content: bytes, caption: str = "") -> Seen:
        """A picture out of the gallery."""
        return self._sends(Draft(RichText(caption), self._photo(content)))

    def sends_album(self, contents: Sequence[bytes], caption: str = "") -> tuple[Seen, ...]:
        """Several pictures at once: as many messages, the caption at the first."""
        album_id = f"1300000000{len(self._world.files):08d}"
        captions = (caption, *[""] * (len(contents) - 1))
        drafts = [Draft(RichText(said), self._photo(content, album_id)) for content, said in zip(contents, captions, strict=True)]
        return tuple(self._sends(draft) for draft in drafts)

    def sends_voice(self, content: bytes, seconds: int = 3) -> Seen:
        """A voice note."""
        return self._sends(Draft(attachment=attachments.voice(self._world.store(content, "voice", "voice.oga", "audio/ogg"), seconds)))

    def sends_document(
        self, content: bytes, name: str, mime_type: str = "application/octet-stream", caption: str = "", *, size: int | None = None
    ) -> Seen:
        """A file; `size` in bytes when it is to pass for a larger one than `content`."""
        stored = self._world.store(content, "documents", name, mime_type, size)
        return self._sends(Draft(RichText(caption), attachments.document(stored)))

    def sends_sticker(self, emoji: str = "👍") -> Seen:
        """A sticker."""
        return self._sends(Draft(attachment=attachments.sticker(self._world.store(b"RIFF", "stickers", "sticker.webp"), emoji)))

    def sends_location(self, latitude: float, longitude: float) -> Seen:
        """A place, in degrees."""
        return self._sends(Draft(attachment=attachments.location(latitude, longitude)))

    def shares_contact(self, phone: str = _PHONE, *, of: str = "") -> Seen:
        """The own number, or that of somebody else by name."""
        owner = None if of else self.user
        return self._sends(Draft(attachment=attachments.contact(phone, of or self.user.first_name, owner)))

    # Buttons

    def taps(self, label: str) -> None:
        """Press the newest button of exactly that label, under a message or on the keyboard."""
        with self._world.changed:
            message, button = self._find(label)
            if button.data:
                self._tap(message, button)
            elif button.url:
                self._open(button)
            elif button.asks is Asks.LOCATION:
                raise AssertionError(f"«{label}» asks for the place: use sends_location")
            elif button.asks is Asks.CONTACT:
                self.shares_contact()
            else:
                self._type(message, button)

    def _tap(self, message: Message, button: Button) -> None:
        self._acts()
        tap_id = f"430000000{len(self._world.taps) + 1:010d}"
        self._world.taps[tap_id] = Tap(tap_id, self.user, message, self._world.clock())
        self._world.events.append(Event(Happening.TAPPED, self.chat_id, self.name, button.label))
        query: Json = {"id": tap_id, "from": self.user.json(), "message": message.json(), "data": button.data}
        self._world.tell("callback_query", self._chat, {**query, "chat_instance": str(self.chat_id)})

    def _open(self, button: Button) -> None:
        url = urlsplit(button.url)
        payload = parse_qs(url.query).get("start", [""])[0]
        if url.netloc == "t.me" and url.path.strip("/").lower() == self._world.bot.username.lower() and payload:
            self.starts(payload)
            return
        self._acts()
        self._does(f"opens {button.url}")

    def _type(self, message: Message, button: Button) -> None:
        if message.markup and message.markup.is_one_time:
            self._put_away = message
        self.says(button.label)

    # Ending it

    def blocks_bot(self) -> None:
        """The bot can reach this person no more."""
        self._stands(Standing.KICKED, "blocks the bot")

    def unblocks_bot(self) -> None:
        """It can again."""
        self._stands(Standing.MEMBER, "unblocks the bot")

    def _stands(self, standing: Standing, deed: str) -> None:
        with self._world.changed:
            self._acts(is_blocked_too=True)
            self._does(deed)
            standing_changes(self._world, self._chat, self.user, standing)

    # How it is done

    def _photo(self, content: bytes, album_id: str = "") -> Attachment:
        small, large = (self._world.store(content, "photos", name, "image/jpeg") for name in ("small.jpg", "large.jpg"))
        return attachments.photo(small, large, album_id)

    def _sends(self, draft: Draft) -> Seen:
        with self._world.changed:
            self._acts()
            message = self._world.post(self._chat, self.user, draft)
            self._last_act = self._world.changes
            self._tells("message", message)
            return seen(message)

    def _tells(self, kind: str, message: Message) -> None:
        self._last_act = self._world.changes
        if is_for_bot(self._world, message):
            self._world.tell(kind, self._chat, message.json())

    def _does(self, deed: str) -> None:
        self._world.events.append(Event(Happening.DID, self.chat_id, self.name, deed))

    def _acts(self, *, is_blocked_too: bool = False) -> None:
        if self._chat.person and self._chat.standing is Standing.KICKED and not is_blocked_too:
            raise AssertionError(f"{self.name} has blocked the bot: use starts or unblocks_bot first")
        if self._chat.person and self._chat.standing is Standing.UNKNOWN:
            self._chat.standing = Standing.MEMBER
        self._last_act = self._world.changes
