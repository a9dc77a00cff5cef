"""Every setting in one place, read once from the environment (prefix `DIENHONG_`) or a `.env` file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class EncoderChoice(StrEnum):
    """Which dense encoder to use."""

    BUNDLED = "bundled"
    SENTENCE_TRANSFORMERS = "sentence-transformers"
    OPENAI = "openai"
    NONE = "none"


class Settings(BaseSettings):
    """Settings of one deployment."""

    model_config = SettingsConfigDict(env_prefix="DIENHONG_", env_file=".env", extra="ignore")

    home: Path = Field(default=Path("var"), description="folder of everything the program keeps")
    corpus_url: str | None = Field(default=None, description="SQLAlchemy URL of the corpus; default: a SQLite file in home")
    qdrant_url: str | None = Field(default=None, description="Qdrant server or cluster; default: the embedded engine in home")
    qdrant_api_key: SecretStr | None = None
    encoder: EncoderChoice = EncoderChoice.BUNDLED
    encoder_model: str | None = Field(
        default=None, description="name or path of a sentence-transformers model, or model name of the embeddings URL"
    )
    encoder_url: str | None = Field(default=None, description="base URL of an OpenAI-compatible embeddings service")
    encoder_api_key: SecretStr | None = None
    encoder_timeout_s: float = Field(default=30.0, gt=0)
    llm_url: str | None = Field(default=None, description="base URL of an OpenAI-compatible chat model; default: none, only quotations")
    llm_model: str | None = Field(default=None, description="the model's name at that URL")
    llm_api_key: SecretStr | None = None
    llm_path: Path | None = Field(default=None, description="folder of a local transformers model, in place of a URL")
    llm_timeout_s: float = Field(default=10.0, gt=0, description="wall clock for one answer, second tries included")
    llm_attempts: int = Field(default=2, ge=1, le=5)
    llm_daily_calls: int = Field(default=2_000, ge=0)
    llm_daily_tokens: int = Field(default=5_000_000, ge=0)
    database_url: str | None = Field(default=None, description="SQLAlchemy URL of conversations; default: a SQLite file in home")
    conversation_expiry_h: float = Field(default=24, gt=0, description="hours of silence after which a conversation is over")
    retention_days: int = Field(default=30, ge=1, description="days after which texts of conversations are removed")
    feedback_keys: SecretStr | None = Field(
        default=None, description="keys that seal what citizens send, as in the key file; default: keys/feedback.keys in home"
    )
    contact_retention_days: int = Field(default=730, ge=1, description="days after which contact details of citizens are removed")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    answering_processes: int = Field(
        default=0, ge=0, le=64, description="processes of the web service that answer; 0: one for each core, at most 4"
    )
    api_keys: dict[str, str] = Field(default={}, description="names of machine clients with the SHA-256 of their keys, as JSON")
    staff_roles: dict[str, tuple[str, ...]] = Field(
        default={}, description="roles of those who work on recommendations, by the names of their keys, as JSON"
    )
    staff_bodies: dict[str, tuple[str, ...]] = Field(
        default={}, description="keys of the bodies that liaisons speak for, by the names of their keys, as JSON"
    )
    requests_per_minute: int = Field(default=60, ge=1, description="of one address without a key")
    requests_per_minute_key: int = Field(default=6000, ge=1, description="of one key")
    cors_origins: tuple[str, ...] = Field(default=(), description="web sites whose pages may call the interface, as a JSON list")
    open_data_publisher: str = Field(
        default="Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", min_length=1, description="who publishes the open data"
    )
    open_data_license: str = Field(
        default="https://creativecommons.org/licenses/by/4.0/", min_length=1, description="address of the licence of the open data"
    )
    open311_jurisdiction: str = Field(default="", description="jurisdiction_id that clients of Open311 must give; default: none")
    clamd: str = Field(default="", description="host:port or socket of a clamd that looks at files; default: none")
    speech: str = Field(default="", pattern="^(|viet-asr)$", description="engine that writes voice messages down; default: none")
    speech_command: str = Field(default="", description="command line that is given the path of a WAV or OGG file and prints its words")
    telegram_token: SecretStr | None = Field(default=None, description="token of the Telegram bot; default: none, no bot")
    telegram_api_url: str = Field(
        default="https://api.telegram.org", pattern="^https?://", description="Bot API server, where one of one's own is used"
    )
    telegram_proxy: SecretStr | None = Field(default=None, description="proxy on the way to that server, e.g. http://proxy:3128")
    telegram_webhook_url: str | None = Field(
        default=None, description="public address that ends in /telegram/webhook; default: none, by long polling"
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="what Telegram shows at that address: letters, digits, _ and -"
    )
    telegram_office: str = Field(default="", description="on whose behalf the bot says that it answers; default: the Fatherland Front")
    office_telephone: str = Field(default="", description="number under which the office that chats serve is reached; default: none")
    office_address: str = Field(default="", description="where that office is; default: none")
    office_hours: str = Field(default="", description="when somebody is there, as people read it; default: none")
    interface_language: str = Field(default="vi", pattern="^(vi|en)$")
    log_level: str = Field(default="WARNING", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @property
    def corpus_database(self) -> str:
        """The SQLAlchemy URL of the corpus."""
        return self.corpus_url or f"sqlite:///{(self.home / 'corpus.sqlite').resolve()}"

    @property
    def application_database(self) -> str:
        """The SQLAlchemy URL of what people asked."""
        return self.database_url or f"sqlite:///{(self.home / 'dienhong.sqlite').resolve()}"
