"""Everything that chats say has a sentence in both languages, filled with the facts that it is said with."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from pathlib import Path

import pytest
import yaml

import assistant
from assistant.chats.types import LONGEST_ACTION
from bots.chat.wording import ChatSentences, addressed, answer_sentences, chat_sentences, placeholders
from bots.law.render import answer_text
from corpus.text import is_accented
from tests.bots.answers import answers_of_all_kinds
from tests.bots.said_in_chats import LONGEST_FACTS, Spoken, choices_offered, commands, sentences_said

VI, EN = chat_sentences("vi"), chat_sentences("en")
BOTH = pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
SAID, OFFERED = sentences_said(), choices_offered()
# Given by the one who words it, not by the conversation.
OF_THE_CHANNEL = {"start": {"office"}, "person": {"telephone", "address", "hours"}}
# Said by a channel, or chosen among by a reason: not named in the conversation.
BY_A_REASON = {name for name in VI.sentences if name.startswith(("send.invalid.", "outbox.guidance."))}
BY_THE_CHANNEL, OF_ANSWERS = {"point"}, {"answer.account_status"}


@BOTH
@pytest.mark.parametrize("said", SAID, ids=lambda said: said.name)
def test_whatever_is_said_has_a_sentence_filled_with_its_facts(words: ChatSentences, said: Spoken) -> None:
    if said.has_parts and said.name not in words.sentences:
        return
    given = said.facts | OF_THE_CHANNEL.get(said.name, set())
    assert set(placeholders(words.sentences[said.name])) <= given


@BOTH
@pytest.mark.parametrize("offered", OFFERED, ids=lambda offered: offered.name)
def test_whatever_can_be_tapped_has_a_label_filled_with_its_facts(words: ChatSentences, offered: Spoken) -> None:
    assert set(placeholders(words.labels[offered.name])) <= offered.facts


@BOTH
def test_no_sentence_and_no_label_is_there_that_nobody_says(words: ChatSentences) -> None:
    assert set(words.sentences) - BY_A_REASON - OF_ANSWERS == {said.name for said in SAID} & set(words.sentences)
    assert set(words.labels) - BY_THE_CHANNEL == {offered.name for offered in OFFERED}


@pytest.mark.parametrize("offered", OFFERED, ids=lambda offered: offered.name)
def test_no_action_is_longer_than_a_channel_carries(offered: Spoken) -> None:
    assert 0 < len(offered.longest_action.encode()) <= LONGEST_ACTION, offered.longest_action


def test_both_languages_have_the_same_names_and_facts() -> None:
    for vi, en in ((VI.sentences, EN.sentences), (VI.labels, EN.labels)):
        assert {name: set(placeholders(text)) for name, text in vi.items()} == {name: set(placeholders(text)) for name, text in en.items()}


@BOTH
def test_sentences_are_plain_words_without_emoji(words: ChatSentences) -> None:
    for name, text in {**words.sentences, **words.labels}.items():
        assert text.strip() == text
        assert text
        assert unicodedata.is_normalized("NFC", text), name
        assert not [letter for letter in text if unicodedata.category(letter) in ("So", "Sk", "Cn", "Co")], name


@BOTH
def test_a_label_can_be_read_on_a_small_phone(words: ChatSentences) -> None:
    assert {name: label for name, label in words.labels.items() if len(label) > 40} == {}


def test_vietnamese_addresses_an_elder_and_english_is_english() -> None:
    assert not [text for text in VI.sentences.values() if re.search(r"\b[Bb]ạn\b", text)]
    foreign = ("Diên Hồng", "phường Ba Đình, Hà Nội", "tiếng Việt", "Tiếng Việt", "Ông/bà muốn dùng tiếng nào?")
    known = re.compile("|".join(map(re.escape, foreign)))
    assert [text for text in (*EN.sentences.values(), *EN.labels.values()) if is_accented(known.sub("", text))] == []


def test_answers_address_the_person_as_the_chat_does(tmp_path: Path) -> None:
    words, dialogue = answer_sentences("vi")
    assert "ông/bà" in words.no_source_next
    assert "Chào ông/bà" in dialogue.basis["small_talk"]
    text = answer_text(answers_of_all_kinds(tmp_path)["refusal"], words)
    assert not re.search(r"\b[Bb]ạn\b", text)
    assert addressed("Bạn hỏi, tôi trả lời bạn.") == "Ông/bà hỏi, tôi trả lời ông/bà."
    assert addressed("bạn bè của bạn") == "bạn bè của ông/bà"


@BOTH
def test_the_first_words_are_four_lines_that_tell_of_the_machine_and_whom_it_serves(words: ChatSentences) -> None:
    lines = words.say("start", {"office": "Ủy ban A"}).splitlines()
    assert len(lines) == 4
    assert "Ủy ban A" in lines[0]
    assert "máy" in lines[0] or "machine" in lines[0]


@BOTH
def test_help_names_every_command(words: ChatSentences) -> None:
    named = set(re.findall(r"(?m)^/(\w+) –", words.sentences["help"]))
    assert named <= {name for group in commands() for name in group}
    assert [group for group in commands() if not named & set(group)] == []
    assert all(re.fullmatch("[a-z0-9_]{1,32}", name) for name in named)  # what Telegram takes for a command


@BOTH
@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("send.not_a_denunciation", ("22", "23", "8", "25/2018/QH14")),
        ("send.not_a_complaint", ("8", "02/2011/QH13")),
        ("outbox.guidance.denunciation", ("22", "23", "25/2018/QH14")),
        ("outbox.guidance.complaint", ("8", "02/2011/QH13")),
    ],
)
def test_complaints_and_denunciations_are_told_the_articles(words: ChatSentences, name: str, articles: tuple[str, ...]) -> None:
    assert all(re.search(rf"(?<!\d){article}(?!\d)", words.sentences[name]) for article in articles)


@BOTH
def test_the_days_until_somebody_reads_it_are_those_of_the_internal_target(words: ChatSentences) -> None:
    table = resources.files(assistant).joinpath("feedback/data/deadlines.yaml").read_text(encoding="utf-8")
    rule = next(rule for rule in yaml.safe_load(table)["rules"] if rule["id"] == "NB_SCREEN")
    assert rule["is_internal_target"]
    assert rule["unit"] == "working"
    assert "hạn nội bộ" in VI.sentences["sent"]
    assert "no law sets it" in EN.sentences["sent"]


@BOTH
def test_a_paragraph_without_its_facts_is_left_out(words: ChatSentences) -> None:
    facts = {"text": "Đèn hỏng", "redacted": "", "where": "", "files": "", "contact": ""}
    bare = words.say("send.check", facts)
    assert len(bare.split("\n\n")) == 2
    full = words.say("send.check", {**facts, "where": "xã A", "files": "2", "contact": "Lan", "redacted": "Đèn [...]"})
    assert len(full.split("\n\n")) == 6


@BOTH
@pytest.mark.parametrize("reason", ["text", "consent", "channel", "provisions", "attachment"])
def test_what_was_refused_is_told_with_its_reason(words: ChatSentences, reason: str) -> None:
    assert words.say("send.invalid", {"reason": reason}) == words.sentences[f"send.invalid.{reason}"]


def test_the_facts_measured_are_as_long_as_they_come() -> None:
    """The codes, versions and verdicts that actions are measured with are real ones."""
    consents = resources.files(assistant).joinpath("feedback/data/consent.yaml").read_text(encoding="utf-8")
    versions = [entry["version"] for entry in yaml.safe_load(consents)]
    assert max(map(len, versions)) <= len(LONGEST_FACTS["consent.version"])
