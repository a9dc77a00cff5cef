"""Errors as sentences for people, in one place."""

from __future__ import annotations

import errno
from collections.abc import Callable
from importlib import import_module
from typing import Any

from pydantic import ValidationError

from assistant.errors import ExtraMissing, InvalidSettings
from assistant.feedback.errors import FeedbackError
from assistant.oversight.errors import OversightError
from assistant.webhooks.errors import WebhookError
from bots.wording import Sentences, language_code
from corpus.errors import DocumentNotFound, InvalidProvisionId, ProvisionNotFound, SourceUnreadable
from embeddings.errors import DiskFilled, IndexBusy, IndexMissing, IndexUnfinished, IndexUnreachable, ModelUnavailable

_SENTENCES: dict[type[Exception], Callable[[Any, Sentences], str]] = {
    SourceUnreadable: lambda error, words: words.source_unreadable.format(place=error.place, reason=error.reason),
    InvalidProvisionId: lambda error, words: words.bad_provision.format(text=error.text),
    ProvisionNotFound: lambda error, words: words.unknown_provision.format(provision=error.provision),
    DocumentNotFound: lambda error, words: words.unknown_document.format(document=error.document),
    IndexBusy: lambda error, words: words.index_busy.format(path=error.path),
    IndexUnreachable: lambda error, words: words.index_unreachable.format(url=error.url, reason=error.reason),
    IndexUnfinished: lambda error, words: words.index_unfinished.format(how=error.how),
    DiskFilled: lambda error, words: words.disk_filled.format(megabytes=-(-error.missing // 10**6)),
    IndexMissing: lambda _error, words: words.no_index,
    ModelUnavailable: lambda error, words: words.model_unavailable.format(name=error.name, reason=error.reason),
    InvalidSettings: lambda error, words: words.bad_setting.format(name=error.name, reason=error.reason),
    ExtraMissing: lambda error, words: words.extra_missing.format(setting=error.setting, extra=error.extra),
    FileNotFoundError: lambda error, words: words.bad_file.format(reason=error),
    ValidationError: lambda error, words: words.bad_setting.format(name="DIENHONG_*", reason=_faults(error)),
}


# Explained beside their other sentences; imported only then: some tables take a moment to read.
_ELSEWHERE: dict[type[Exception], str] = {
    FeedbackError: "bots.feedback.explain",
    OversightError: "bots.oversight.explain",
    WebhookError: "bots.exchange.webhook_wording",
}


def explain(error: Exception, words: Sentences) -> str | None:
    """What happened and what to do, or None for an error that nobody foresaw."""
    if is_disk_full(error) and type(error) is not DiskFilled:
        return words.disk_full
    told = _SENTENCES.get(type(error))
    if told:
        return told(error, words)
    for base, module in _ELSEWHERE.items():
        if isinstance(error, base):
            told_there: str | None = import_module(module).explain(error, language_code(words))
            return told_there
    return None


def _faults(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())


def is_disk_full(error: BaseException) -> bool:
    """Whether an error, or what caused it, says that the disk is full."""
    cause: BaseException | None = error
    while cause is not None:
        full = isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)
        if full or "No space left on device" in str(cause) or "database or disk is full" in str(cause):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
