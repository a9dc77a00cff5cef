"""Which encoder and which language model settings choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import ExtraMissing, InvalidSettings
from assistant.settings import EncoderChoice, Settings

if TYPE_CHECKING:
    from assistant.language_model.leaving import Leaving
    from assistant.language_model.model import LanguageModel
    from embeddings.encoder import Encoder


def make_language_model(settings: Settings) -> LanguageModel | None:
    """The language model that settings choose, or None.

    Raises `InvalidSettings`, `ExtraMissing` where its libraries are absent and, on unreadable weights, `ModelBroken`.
    """
    if settings.llm_path:
        from assistant.language_model.local import LocalModel

        return LocalModel(settings.llm_path)
    if not settings.llm_url:
        return None
    if not settings.llm_model:
        raise InvalidSettings("DIENHONG_LLM_MODEL", "names the model at DIENHONG_LLM_URL; it is not set")
    try:
        from assistant.language_model.openai_compatible import OpenAICompatibleModel
    except ModuleNotFoundError as error:
        raise ExtraMissing("DIENHONG_LLM_URL", "llm") from error
    return OpenAICompatibleModel(settings.llm_url, settings.llm_model, api_key=settings.llm_api_key, attempts=settings.llm_attempts)


def make_leaving() -> Leaving:
    """Which words may be sent to a language model: none that tell of persons."""
    from assistant.feedback.privacy.personal_data import PersonalDataFinder
    from assistant.language_model.leaving import Leaving

    finder = PersonalDataFinder.load()
    return Leaving(lambda text: bool(finder.find(text)))


def make_encoder(settings: Settings, *, question_threads: int | None = None) -> Encoder | None:
    """The encoder that settings choose, the bundled one on so many cores. Raises `InvalidSettings` where one needs more settings."""
    match settings.encoder:
        case EncoderChoice.NONE:
            return None
        case EncoderChoice.BUNDLED:
            from embeddings.bundled import BundledEncoder

            return BundledEncoder(question_threads=question_threads)
        case EncoderChoice.SENTENCE_TRANSFORMERS:
            from embeddings.sentence_transformer import SentenceTransformerEncoder

            if not settings.encoder_model:
                raise InvalidSettings("DIENHONG_ENCODER_MODEL", "names the model for sentence-transformers; it is not set")
            return SentenceTransformerEncoder(settings.encoder_model)
        case EncoderChoice.OPENAI:
            from embeddings.openai_compatible import OpenAICompatibleEncoder

            if not settings.encoder_url or not settings.encoder_model:
                raise InvalidSettings("DIENHONG_ENCODER_URL", "and DIENHONG_ENCODER_MODEL are needed for an embeddings service")
            return OpenAICompatibleEncoder(
                settings.encoder_url, settings.encoder_model, api_key=settings.encoder_api_key, timeout_s=settings.encoder_timeout_s
            )
