"""Settings from the environment, and the parts that they choose."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.bootstrap import Parts
from assistant.chosen_models import make_encoder
from assistant.errors import InvalidSettings
from assistant.settings import EncoderChoice, Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine and no .env of the folder reaches these tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DIENHONG_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_everything_works_alone() -> None:
    settings = Settings()
    assert (settings.encoder, settings.qdrant_url, settings.corpus_url) == (EncoderChoice.BUNDLED, None, None)
    assert (settings.interface_language, settings.log_level) == ("vi", "WARNING")


def test_settings_come_from_the_environment_and_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DIENHONG_LOG_LEVEL=INFO\nDIENHONG_ENCODER=none\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("DIENHONG_LOG_LEVEL", "ERROR")
    settings = Settings()
    assert (settings.log_level, settings.encoder) == ("ERROR", EncoderChoice.NONE)  # the environment wins


def test_the_corpus_is_a_file_in_the_home_unless_a_url_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DIENHONG_HOME", "kho")
    assert Settings().corpus_database == f"sqlite:///{(tmp_path / 'kho' / 'corpus.sqlite').resolve()}"
    monkeypatch.setenv("DIENHONG_CORPUS_URL", "postgresql+psycopg://x/y")
    assert Settings().corpus_database == "postgresql+psycopg://x/y"


@pytest.mark.parametrize(
    ("name", "value"),
    [("ENCODER", "magic"), ("INTERFACE_LANGUAGE", "fr"), ("LOG_LEVEL", "debug"), ("ENCODER_TIMEOUT_S", "0"), ("ENCODER_TIMEOUT_S", "soon")],
)
def test_a_value_that_cannot_be_used_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DIENHONG_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert refused.value.errors()[0]["loc"] == (name.lower(),)


@pytest.mark.parametrize("name", ["QDRANT_API_KEY", "ENCODER_API_KEY"])
def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"DIENHONG_{name}", "bi-mat-123")
    settings = Settings()
    assert "bi-mat-123" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_no_encoder_is_made_where_none_is_wanted() -> None:
    assert make_encoder(Settings(encoder=EncoderChoice.NONE)) is None


@pytest.mark.parametrize(
    ("choice", "missing"),
    [(EncoderChoice.SENTENCE_TRANSFORMERS, "DIENHONG_ENCODER_MODEL"), (EncoderChoice.OPENAI, "DIENHONG_ENCODER_URL")],
)
def test_an_encoder_that_needs_more_settings_names_them(choice: EncoderChoice, missing: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        make_encoder(Settings(encoder=choice))
    assert refused.value.name == missing


def test_the_home_is_made_when_it_is_first_needed(tmp_path: Path) -> None:
    parts = Parts(Settings(home=tmp_path / "a" / "b"))
    assert not (tmp_path / "a").exists()
    assert parts.home.is_dir()


def test_a_home_that_cannot_be_made_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(InvalidSettings) as refused:
        _ = Parts(Settings(home=tmp_path / "taken" / "home")).home
    assert refused.value.name == "DIENHONG_HOME"


@pytest.mark.parametrize("url", ["no url", "sqlite:////no/such/folder/x.sqlite", "nosuchdatabase://x/y"])
def test_a_corpus_that_cannot_be_opened_is_a_wrong_setting_and_hides_its_url(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        _ = Parts(Settings(home=tmp_path, corpus_url=url)).store
    assert refused.value.name == "DIENHONG_CORPUS_URL"
    assert refused.value.reason
    assert url not in refused.value.reason
