"""The way to Telegram: what settings are taken, and files fetched over it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.chats.errors import FileNotHad
from assistant.chats.types import FileAtChannel, FileKind
from assistant.errors import InvalidSettings
from assistant.settings import Settings
from bots.telegram.access import access_of, keep_quiet
from bots.telegram.files import TelegramFiles
from tests.bots.telegram.chats_at_hand import access_to
from tests.telegram.emulator import DOWNLOAD, Emulator, LostBefore, ServerError, TooMany

TOKEN = "123456:ABC-DEF_ghi"
HOOK = {"telegram_webhook_url": "https://dienhong.example/telegram/webhook"}


def settings(**more: Any) -> Settings:
    return Settings(_env_file=None, **more)  # type: ignore[call-arg]


def test_without_a_token_there_is_no_bot() -> None:
    assert access_of(settings()) is None
    assert access_of(settings(telegram_token="")) is None


def test_the_way_is_as_settings_tell_and_hides_its_secrets() -> None:
    access = access_of(
        settings(telegram_token=f" {TOKEN}\n", telegram_api_url="http://127.0.0.1:8081/", **HOOK, telegram_webhook_secret="abc_1")
    )
    assert access
    assert (access.api_url, access.webhook_url) == ("http://127.0.0.1:8081", HOOK["telegram_webhook_url"])
    assert access.bot(access.request()).base_url == f"http://127.0.0.1:8081/bot{TOKEN}"
    assert TOKEN not in repr(access)
    assert "abc_1" not in repr(access)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("DIENHONG_TELEGRAM_TOKEN", {"telegram_token": "dienhong_bot"}),
        ("DIENHONG_TELEGRAM_WEBHOOK_SECRET", {"telegram_token": TOKEN, **HOOK}),
        ("DIENHONG_TELEGRAM_WEBHOOK_SECRET", {"telegram_token": TOKEN, **HOOK, "telegram_webhook_secret": "có dấu"}),
    ],
)
def test_settings_that_cannot_be_used_are_named(name: str, more: dict[str, str]) -> None:
    with pytest.raises(InvalidSettings) as refused:
        access_of(settings(**more))
    assert refused.value.name == name


def test_a_proxy_that_cannot_be_used_is_named_without_its_password() -> None:
    access = access_of(settings(telegram_token=TOKEN, telegram_proxy="gopher://lan:mat-khau@proxy"))
    assert access
    with pytest.raises(InvalidSettings) as refused:
        access.request()
    assert refused.value.name == "DIENHONG_TELEGRAM_PROXY"
    assert "mat-khau" not in str(refused.value)


# Files


def test_a_file_is_fetched_whole() -> None:
    with Emulator() as telegram:
        telegram.person("Lan").sends_document(b"%PDF-1.7 ...", "don.pdf")
        assert TelegramFiles(access_to(telegram)).fetch(file_of(telegram)) == b"%PDF-1.7 ..."


def test_a_file_too_big_for_the_server_is_never_had() -> None:
    with Emulator() as telegram:
        telegram.person("Lan").sends_document(b"a", "phim.mp4", size=21 * 1024 * 1024)
        assert_not_had(telegram, is_final=True)


def test_a_file_too_big_for_us_is_not_fetched_from_a_server_that_has_no_limit() -> None:
    with Emulator() as telegram:
        telegram.person("Lan").sends_document(b"a", "phim.mp4", size=20_500_000)
        assert_not_had(telegram, is_final=True)
        assert telegram.calls_of(DOWNLOAD) == ()


@pytest.mark.parametrize("method", ["getFile", DOWNLOAD])
@pytest.mark.parametrize("fault", [LostBefore(), ServerError(502, is_html=True), TooMany(2)])
def test_a_file_that_was_not_had_for_trouble_may_be_had_later(method: str, fault: LostBefore) -> None:
    keep_quiet()
    with Emulator() as telegram:
        telegram.person("Lan").sends_document(b"a", "don.txt")
        telegram.faults.next(method, fault)
        assert_not_had(telegram, is_final=False)


def test_a_file_that_telegram_does_not_find_may_be_had_later() -> None:
    with Emulator() as telegram, pytest.raises(FileNotHad) as refused:
        TelegramFiles(access_to(telegram)).fetch(FileAtChannel(FileKind.DOCUMENT, "unknown"))
    assert not refused.value.is_final


def assert_not_had(telegram: Emulator, *, is_final: bool) -> None:
    with pytest.raises(FileNotHad) as refused:
        TelegramFiles(access_to(telegram)).fetch(file_of(telegram))
    assert refused.value.is_final == is_final
    assert refused.value.__cause__ is None


def file_of(telegram: Emulator) -> FileAtChannel:
    return FileAtChannel(FileKind.DOCUMENT, next(iter(telegram._world.files)))
