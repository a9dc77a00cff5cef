"""How updates reach the bot: confirmed by offset, waited for, posted with the secret; twice and out of order on wish."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import Conflict
from telegram.ext import MessageHandler, filters

from tests.telegram.bot_thread import SECRET, Built, bare_bot, calling, running
from tests.telegram.emulator import Emulator, Posting
from tests.telegram.hook import Hook, open_hook


@pytest.fixture
def telegram() -> Iterator[Emulator]:
    with Emulator(posting=Posting(first_retry_s=0.05, longest_retry_s=0.1)) as emulator:
        yield emulator


@pytest.fixture
def hook() -> Iterator[Hook]:
    with open_hook() as opened:
        yield opened


def said(updates: Sequence[Update]) -> list[str]:
    return [update.effective_message.text or "" for update in updates if update.effective_message]


async def polled(telegram: Emulator) -> None:
    """Wait until a poll waits."""
    await asyncio.to_thread(telegram.wait_until, lambda: telegram.is_polled)


def test_updates_are_given_again_until_a_higher_offset_confirms_them(telegram: Emulator) -> None:
    lan = telegram.person("Lan")
    for text in "abc":
        lan.says(text)

    async def talk(bot: Bot) -> None:
        first = await bot.get_updates(limit=2)
        assert said(first) == ["a", "b"]
        assert [update.update_id for update in first] == [500_000_001, 500_000_002]
        assert said(await bot.get_updates()) == ["a", "b", "c"]
        assert said(await bot.get_updates(offset=first[0].update_id + 1)) == ["b", "c"]
        assert said(await bot.get_updates(offset=-1)) == ["c"]
        assert said(await bot.get_updates()) == ["c"]
        assert await bot.get_updates(offset=500_000_004) == ()

    calling(telegram, talk)
    assert telegram.pending_updates == 0


def test_a_poll_waits_for_what_comes(telegram: Emulator) -> None:
    lan = telegram.person("Lan")

    async def talk(bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=5))
        await polled(telegram)
        assert not waiting.done()
        lan.says("a")
        assert said(await waiting) == ["a"]

    calling(telegram, talk)


def test_a_poll_gets_only_the_kinds_it_asks_for_and_remembers_them(telegram: Emulator) -> None:
    lan = telegram.person("Lan")

    async def talk(bot: Bot) -> None:
        await bot.get_updates(allowed_updates=["edited_message", "my_chat_member"])
        lan.edits(lan.says("a"), "b")
        lan.blocks_bot()
        first, second = await bot.get_updates()
        assert first.edited_message
        assert second.my_chat_member
        assert second.my_chat_member.new_chat_member.status == "kicked"

    calling(telegram, talk)


def test_a_second_poll_ends_the_first(telegram: Emulator) -> None:
    async def talk(bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=5))
        await polled(telegram)
        async with bare_bot(telegram) as other:
            await other.get_updates()
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await waiting

    calling(telegram, talk)


def test_a_webhook_excludes_polling_until_it_is_deleted(telegram: Emulator, hook: Hook) -> None:
    async def talk(bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=5))
        await polled(telegram)
        await bot.set_webhook(hook.url)
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await waiting
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        assert (await bot.get_webhook_info()).url == hook.url
        await bot.delete_webhook()
        assert await bot.get_updates() == ()

    calling(telegram, talk)


def test_a_webhook_gets_what_waited_in_order_with_the_secret(telegram: Emulator, hook: Hook) -> None:
    lan = telegram.person("Lan")
    for text in "abc":
        lan.says(text)
    calling(telegram, lambda bot: bot.set_webhook(hook.url, secret_token=SECRET))
    assert [post.text for post in hook.wait_for(3)] == ["a", "b", "c"]
    assert {post.secret for post in hook.posts} == {SECRET}
    assert {post.content_type for post in hook.posts} == {"application/json"}


def test_dropping_what_waits_leaves_nothing_for_the_webhook(telegram: Emulator, hook: Hook) -> None:
    lan = telegram.person("Lan")
    lan.says("cũ")
    calling(telegram, lambda bot: bot.set_webhook(hook.url, drop_pending_updates=True))
    lan.says("mới")
    assert [post.text for post in hook.wait_for(1)] == ["mới"]


def test_a_failing_webhook_gets_the_update_again_while_other_chats_go_on(telegram: Emulator, hook: Hook) -> None:
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    hook.refuse("a", 500, times=3)
    lan.says("a")
    lan.says("b")
    minh.says("c")
    calling(telegram, lambda bot: bot.set_webhook(hook.url))
    texts = [post.text for post in hook.wait_for(6)]
    assert [text for text in texts if text != "c"] == ["a", "a", "a", "a", "b"]
    assert texts.index("c") < texts.index("b")
    telegram.wait_until(lambda: telegram.pending_updates == 0)
    info = calling(telegram, lambda bot: bot.get_webhook_info())
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


def test_a_webhook_that_is_not_there_gets_everything_when_it_comes_back(telegram: Emulator) -> None:
    lan = telegram.person("Lan")
    with open_hook() as gone:
        url, port = gone.url, gone.port
    calling(telegram, lambda bot: bot.set_webhook(url))
    lan.says("a")
    telegram.wait_until(lambda: telegram.webhook_trouble == "Connection refused")
    with open_hook(port) as back:
        assert [post.text for post in back.wait_for(1)] == ["a"]


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
def test_an_update_comes_twice_though_it_was_confirmed(telegram: Emulator, by_webhook: bool) -> None:
    lan = telegram.person("Lan")
    heard = Heard()
    with running(telegram, heard.equip, by_webhook=by_webhook):
        telegram.deliver_twice(1)
        lan.says("a")
        lan.says("b")
        heard.wait_for(3)
        telegram.wait_until(lambda: telegram.pending_updates == 0)
    assert sorted(heard.texts) == ["a", "a", "b"]
    assert len(set(heard.ids)) == 2


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
def test_updates_come_last_first(telegram: Emulator, by_webhook: bool) -> None:
    lan = telegram.person("Lan")
    heard = Heard()
    with running(telegram, heard.equip, by_webhook=by_webhook):
        telegram.deliver_reversed(3)
        for text in "abc":
            lan.says(text)
        heard.wait_for(3)
        telegram.wait_until(lambda: telegram.pending_updates == 0)
    assert heard.texts[:3] == ["c", "b", "a"]
    assert set(heard.texts) == {"a", "b", "c"}


def test_chance_is_the_same_for_the_same_seed_and_loses_nothing() -> None:
    assert chance_order(7) == chance_order(7)
    order = chance_order(7)
    assert order != sorted(order)
    assert len(order) > 100
    assert set(order) == set(range(100))


def chance_order(seed: int) -> list[int]:
    """The numbers of 100 messages in the order in which polls see them."""
    with Emulator() as telegram:
        lan = telegram.person("Lan")
        telegram.deliver_at_random(seed, share_twice=0.1, share_swapped=0.3)
        for number in range(100):
            lan.says(str(number))
        order: list[int] = []
        with httpx.Client(base_url=f"{telegram.base_url}{telegram.token}/") as client:
            offset = 0
            while telegram.pending_updates:
                batch = client.post("getUpdates", data={"offset": offset}).json()["result"]
                order += [int(update["message"]["text"]) for update in batch]
                offset = batch[-1]["update_id"] + 1 if batch else offset
        return order


def test_what_was_held_back_is_let_go_on_wish(telegram: Emulator) -> None:
    lan = telegram.person("Lan")
    telegram.deliver_reversed(3)
    lan.says("a")

    async def talk(bot: Bot) -> None:
        assert await bot.get_updates() == ()
        telegram.deliver_in_order()
        assert said(await bot.get_updates()) == ["a"]

    calling(telegram, talk)


def test_with_privacy_a_group_tells_the_bot_only_what_is_meant_for_it() -> None:
    with Emulator(reads_all_of_groups=False) as telegram:
        lan = telegram.person("Lan")
        group = telegram.group("Tổ 5", lan)
        there = lan.within(group)

        async def talk(bot: Bot) -> Sequence[Update]:
            message = await bot.send_message(group.chat_id, "xin chào")
            there.says("chuyện riêng")
            there.says("@someone_else xem này")
            there.says("/help@other_bot")
            there.says("hỏi @dienhong_bot")
            there.says("/huongdan")
            there.says("/huongdan@dienhong_bot")
            there.says("trả lời", reply_to=next(one for one in there.messages if one.message_id == message.message_id))
            return await bot.get_updates()

        heard = said(calling(telegram, talk))
    assert heard[-4:] == ["hỏi @dienhong_bot", "/huongdan", "/huongdan@dienhong_bot", "trả lời"]
    assert "chuyện riêng" not in heard


class Heard:
    """A bot that only listens."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.ids: list[int] = []
        self._came = threading.Condition()

    def equip(self, application: Built) -> None:
        application.add_handler(MessageHandler(filters.ALL, self._hear))

    def wait_for(self, count: int) -> None:
        with self._came:
            assert self._came.wait_for(lambda: len(self.texts) >= count, 5), self.texts

    async def _hear(self, update: Update, context: object) -> None:
        with self._came:
            self.texts += said([update])
            self.ids.append(update.update_id)
            self._came.notify_all()
