"""Every citation of every answer: of a provision in the store, in force on the day, in the store's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.types import ANSWERING, Citation, Outcome
from assistant.bootstrap import Parts
from assistant.responder import Message, Responder
from assistant.settings import EncoderChoice, Settings
from bots.law.preparation import prepare
from bots.wording import VIETNAMESE
from corpus.ids import ProvisionId
from corpus.sources.batch import Batch, SourceName
from corpus.store import CorpusStore
from corpus.types import Article, DocumentKind, LegalDocument, Validity
from eval.generated import FIRST_DAY, LAST_DAY, Material, generated_messages
from eval.holding import Fault, checked_citations, faults_of
from eval.perturb import question_rng
from tests.assistant.toy_law import FINE_RAISED, NEW_FINE, OLD_FINE, toy_store

MESSAGES = 2500
SEED = 7
# Law of the tests' own that changes, ends, and has clauses under an opening sentence: the codes at hand have one text each.
CHANGED = LegalDocument("997/2019/QH14", "997/2019/QH14", "Luật Diều giấy", DocumentKind.LAW, validity=Validity(date(2019, 7, 1)))
OLD_TEXT = "Người thả diều phải:\n1. Xin phép trước 3 ngày;\n2. Cuộn dây trước 18 giờ."
NEW_TEXT = "Người thả diều phải:\n1. Xin phép trước 5 ngày;\n2. Cuộn dây trước 19 giờ."
CHANGES_ON, ENDS_ON = date(2023, 3, 1), date(2025, 7, 1)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The default corpus and a law that changes, searched by words."""
    made = Parts(Settings(home=tmp_path_factory.mktemp("hold"), encoder=EncoderChoice.NONE))
    for digest, text, since in (("1", OLD_TEXT, CHANGED.validity.since), ("2", NEW_TEXT, CHANGES_ON)):
        articles = tuple(
            Article(ProvisionId(CHANGED.key, str(number)), "Việc của người thả diều", text, validity=Validity(since, ENDS_ON))
            for number in range(1, 200)
        )
        made.store.write(SourceName.CODIFICATION, "kites", digest, Batch(documents=(CHANGED,), articles=articles), since or CHANGES_ON)
    prepare(made, VIETNAMESE)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def responder(parts: Parts) -> Responder:
    return parts.responder(parts.answerer())


@pytest.mark.slow
def test_no_citation_of_thousands_of_answers_fails_to_hold(parts: Parts, responder: Responder) -> None:
    messages = list(generated_messages(Material.of(parts.store), MESSAGES, question_rng("hold", SEED)))
    outcomes: Counter[str] = Counter()
    cited: set[ProvisionId] = set()
    faulty = []
    for message in messages:
        answer = responder.respond(message)
        checked = checked_citations(answer, parts.store)
        outcomes[answer.outcome.value] += 1
        cited |= {one.citation.provision for one in checked}
        faulty += [(message.text, message.asked_on, message.as_of, one.citation.provision, one.faults) for one in checked if one.faults]
    assert faulty == []
    # The test would say nothing if nothing were answered, or always the same.
    assert sum(outcomes[outcome.value] for outcome in ANSWERING) >= MESSAGES // 4
    assert len(cited) >= MESSAGES // 10
    assert outcomes["not_in_force_on_date"] >= MESSAGES // 50
    assert any(provision.document == CHANGED.key for provision in cited)


@pytest.mark.slow
def test_generated_messages_are_the_same_for_the_same_seed(parts: Parts) -> None:
    material = Material.of(parts.store)
    once, again, other = (list(generated_messages(material, 200, question_rng("hold", seed))) for seed in (1, 1, 2))
    assert once == again
    assert once != other
    assert all(FIRST_DAY <= message.asked_on <= LAST_DAY for message in once)
    assert len({message.text for message in once}) >= 190


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2023, 2, 28), "trước 3 ngày"), (CHANGES_ON, "trước 5 ngày"), (date(2025, 6, 30), "trước 5 ngày"), (ENDS_ON, "")],
)
def test_the_text_of_the_day_is_quoted_up_to_its_last_day(parts: Parts, responder: Responder, day: date, expected: str) -> None:
    answer = responder.respond(Message("khoản 1 Điều 7 Luật Diều giấy", day))
    checked = checked_citations(answer, parts.store)
    assert [one.faults for one in checked] == [()] * bool(expected)
    assert all(expected in one.citation.quote for one in checked)


@pytest.mark.parametrize(
    "text",
    [
        "6 năm trước sếp cắt lương tôi vì đi trễ, theo luật lúc đó có được cắt lương thay kỷ luật không?",
        "Hồi năm 2020 tôi vào làm kế toán, luật lúc đó cho thử việc tối đa mấy ngày?",
    ],
)
def test_law_that_was_not_yet_in_force_is_not_replaced_by_what_resembles_it(responder: Responder, text: str) -> None:
    answer = responder.respond(Message(text, date(2026, 11, 22)))
    assert answer.outcome is Outcome.NOT_IN_FORCE_ON_DATE
    assert not answer.citations
    assert answer.related[0].id.startswith("45/2019/QH14")


# The judge itself: what it must find, on the invented law


BOATS = "901/2020/QH14"
TODAY = date(2022, 5, 4)
HOURS = Citation(
    ProvisionId(BOATS, "5", "1"),
    BOATS,
    "Bộ luật Tàu giấy",
    "Giờ thả tàu",
    "1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.",
    date(2021, 1, 1),
    None,
    None,
    1.0,
)
FINE = replace(HOURS, provision=ProvisionId(BOATS, "12"), quote=OLD_FINE, valid_to=FINE_RAISED)
PAPERS = replace(HOURS, provision=ProvisionId(BOATS, "8", "2", "b"), quote="2. Hồ sơ xin giấy phép gồm:\n…\nb) Bản vẽ con tàu;\n…")


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusStore]:
    with toy_store(tmp_path_factory.mktemp("boats")) as store:
        yield store


@pytest.mark.parametrize(
    ("citation", "day", "expected", "why"),
    [
        (HOURS, TODAY, (), "as the store has it"),
        (replace(HOURS, quote=f"  {HOURS.quote}  "), TODAY, (), "blanks make no other words"),
        (PAPERS, TODAY, (), "a point with what was left out marked"),
        (replace(HOURS, provision=ProvisionId("1/2020/QH14", "5")), TODAY, (Fault.NO_SUCH_PROVISION,), "an unknown document"),
        (replace(HOURS, provision=ProvisionId(BOATS, "999")), TODAY, (Fault.NO_SUCH_PROVISION,), "an unknown article"),
        (replace(HOURS, provision=ProvisionId(BOATS, "5", "3")), TODAY, (Fault.NO_SUCH_PROVISION,), "an unknown clause"),
        (replace(PAPERS, provision=ProvisionId(BOATS, "8", "2", "d")), TODAY, (Fault.NO_SUCH_PROVISION,), "an unknown point"),
        (HOURS, date(2020, 12, 31), (Fault.NOT_IN_FORCE,), "the day before it is law"),
        (replace(HOURS, quote="1. Trẻ em được thả tàu giấy từ 6 giờ đến 19 giờ."), TODAY, (Fault.OTHER_WORDS, Fault.OTHER_PROVISION), "18"),
        (replace(HOURS, quote=""), TODAY, (Fault.OTHER_WORDS,), "nothing is quoted"),
        (replace(HOURS, quote="2. Người lớn được thả tàu giấy cả ngày."), TODAY, (Fault.OTHER_PROVISION,), "words of the next clause"),
        (replace(PAPERS, quote="2. Hồ sơ xin giấy phép gồm:\n…\nc) Ảnh người thả tàu."), TODAY, (Fault.OTHER_PROVISION,), "the next point"),
        (
            replace(PAPERS, quote="b) Bản vẽ con tàu;\n…\n2. Hồ sơ xin giấy phép gồm:"),
            TODAY,
            (Fault.OTHER_WORDS, Fault.OTHER_PROVISION),
            "order",
        ),
        (FINE, TODAY, (), "the text before it changed"),
        (FINE, FINE_RAISED, (Fault.OTHER_VALIDITY, Fault.OTHER_WORDS), "the old text on the first day of the new one"),
        (replace(FINE, quote=NEW_FINE), TODAY, (Fault.OTHER_WORDS,), "the new text before its day"),
        (replace(HOURS, valid_from=date(2020, 1, 1)), TODAY, (Fault.OTHER_VALIDITY,), "days that the store does not give it"),
    ],
)
def test_a_citation_that_does_not_hold_is_found(
    boats: CorpusStore, citation: Citation, day: date, expected: tuple[Fault, ...], why: str
) -> None:
    assert faults_of(citation, boats.versions(citation.provision.of_article), day) == expected, why
