"""Law beside what citizens send: what they name and what answers them, as it is in force; nothing where nothing does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.suggesting.classify import Classifier
from assistant.feedback.suggesting.competence import CompetenceTable
from assistant.feedback.suggesting.reading import MachineReader
from assistant.feedback.suggesting.related_law import RelatedLaw
from assistant.feedback.types import NAMED_SCORE
from tests.assistant.toy_law import IN_FORCE, toy_answerer, toy_store


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelatedLaw]:
    with toy_store(tmp_path_factory.mktemp("law")) as store:
        yield RelatedLaw(toy_answerer(store), lambda: IN_FORCE)


@pytest.mark.parametrize(
    ("text", "provisions"),
    [
        ("Đề nghị sửa khoản 1 Điều 5 Bộ luật Tàu giấy cho trẻ em thả tàu cả buổi tối", ["901/2020/QH14@5.1"]),
        ("Đề nghị sửa Điều 5 Bộ luật Tàu giấy và Điều 404 Bộ luật Tàu giấy", ["901/2020/QH14@5"]),
        (f"{'Tôi kể từ đầu. ' * 200}Xin Quốc hội sửa khoản 3 Điều 8 Bộ luật Tàu giấy", ["901/2020/QH14@8.3"]),
        ("Ngân hàng tăng lãi suất", []),
        ("", []),
        ("a " * 20_000, []),
    ],
    ids=["named", "named with one that does not exist", "named at the end of a long letter", "nothing near", "empty", "endless"],
)
def test_what_is_named_is_suggested_and_nothing_where_nothing_is_sure(law: RelatedLaw, text: str, provisions: list[str]) -> None:
    found = list(law.of(text))
    assert [(one.task, one.value) for one in found] == [("provision", provision) for provision in provisions]
    assert all(0 < one.score <= 1 for one in found)


def test_what_the_text_names_is_told_from_what_was_found_for_it(law: RelatedLaw) -> None:
    named = list(law.of("Đề nghị sửa khoản 1 Điều 5 Bộ luật Tàu giấy"))
    found = list(law.of("Trẻ em được thả tàu giấy từ mấy giờ"))
    assert [one.score for one in named] == [NAMED_SCORE]
    assert found
    assert all(one.score < NAMED_SCORE for one in found)


def test_what_may_be_a_denunciation_is_held_against_nothing(law: RelatedLaw) -> None:
    asked: list[str] = []

    class Watched:
        def of(self, text: str) -> Iterator[object]:
            asked.append(text)
            return iter(())

    reader = MachineReader(None, Classifier.load(), PersonalDataFinder(None), CompetenceTable.load(), None, Watched())  # type: ignore[arg-type]  # finds nothing
    assert reader.read("Tôi tố cáo ông Nguyễn Văn A chủ tịch xã nhận hối lộ 50 triệu đồng của nhà thầu").seals
    assert asked == []
    reader.read("Đường liên thôn hỏng nặng từ tháng ba, đề nghị sửa")
    assert len(asked) == 1


def test_the_reader_suggests_it_beside_the_rest(law: RelatedLaw) -> None:
    reader = MachineReader(None, Classifier.load(), PersonalDataFinder(None), CompetenceTable.load(), None, law)
    read = reader.read("Đề nghị Quốc hội sửa khoản 1 Điều 5 Bộ luật Tàu giấy cho trẻ em thả tàu cả buổi tối")
    assert [one.value for one in read.suggestions if one.task == "provision"] == ["901/2020/QH14@5.1"]
