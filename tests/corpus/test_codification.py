"""The codification: invented pages in the real shapes, then the real file where it is at hand."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus.errors import SourceUnreadable
from corpus.ids import ProvisionId
from corpus.labels import document_label
from corpus.passages import PASSAGE_CHARS, article_passages
from corpus.sources.batch import Batch, SourceName
from corpus.sources.codification import missing_topics, open_codification
from corpus.sources.codification_notes import SourceNote, parse_source_note
from corpus.types import Article, DocumentKind, Relation, RelationKind, Validity
from tests.corpus.codification_pages import LAW_NOTE, article, inner_link, law_note, level, packed, page, vbpl_link
from tests.shared import need_shared


def read(folder: Path, *articles: str, **others: str) -> Batch:
    """What the topic `main` with these articles gives, `others` being pages beside it."""
    path = packed(folder / "phapdien.zip", {"main": page(*articles), **others})
    return next(handle.read() for handle in open_codification(path) if handle.name == "main")


def the_article(batch: Batch) -> Article:
    (found,) = batch.articles
    return found


def the_note(text: str) -> SourceNote:
    note = parse_source_note(text)
    assert note is not None
    return note


def changes(note: SourceNote) -> list[tuple[str, RelationKind, date | None]]:
    return [(str(change.source), change.kind, change.since) for change in note.changes]


# Source notes


def test_the_first_note_of_a_document_tells_its_title_day_and_issuer() -> None:
    document = the_note(LAW_NOTE).document
    assert (document.key, document.number, document.title, document.kind) == (
        "1/2030/QH20",
        "1/2030/QH20",
        "Luật Tàu giấy",
        DocumentKind.LAW,
    )
    assert (document.issuer, document.issued_on, document.validity) == ("Quốc hội", date(2030, 6, 16), Validity(date(2031, 1, 1)))


def test_a_law_and_a_resolution_of_one_number_are_two_documents() -> None:
    force = "có hiệu lực thi hành kể từ ngày 01/01/2031"
    law, resolution = (the_note(f"(Điều 1 {kind} số 1/2030/QH20, {force})").document for kind in ("Luật", "Nghị quyết"))
    assert (law.key, resolution.key) == ("1/2030/QH20", "1/2030/QH20/NQ")
    assert law.number == resolution.number == "1/2030/QH20"
    assert document_label(resolution) == "Nghị quyết 1/2030/QH20"


def test_what_a_resolution_changes_is_not_put_down_to_the_law_of_its_number() -> None:
    note = the_note(
        "(Điều 1 Luật số 1/2030/QH20, có hiệu lực thi hành kể từ ngày 01/01/2031, có nội dung được sửa đổi bởi Điều 2 Nghị quyết số "
        "5/2031/QH20 có hiệu lực thi hành kể từ ngày 01/01/2032)"
    )
    assert changes(note) == [("5/2031/QH20/NQ@2", RelationKind.AMENDS, date(2032, 1, 1))]


def test_a_title_without_its_kind_gets_it() -> None:
    note = "(Điều 5 Nghị định số 2/2030/NĐ-CP Quy định về tàu ngày 01/02/2030 của Chính phủ, có hiệu lực thi hành kể từ ngày 01/03/2030)"
    assert the_note(note).document.title == "Nghị định Quy định về tàu"


@pytest.mark.parametrize(
    ("note", "key", "number", "why"),
    [
        (law_note(7), "1/2030/QH20", "7", "a later note is short"),
        (law_note("15a"), "1/2030/QH20", "15a", "an article that was added"),
        (law_note("15đ"), "1/2030/QH20", "15đ", "with đ"),
        (
            "(Điều 3 Thông tư liên tịch số 05/2030/TTLT-A- B, có hiệu lực kể từ ngày 01/01/2031)",
            "05/2030/TTLT-A-B",
            "3",
            "a blank in the number",
        ),
        ("(Điều 3 Thông tư số liên tịch 05/2030/TTLT-A, có hiệu lực từ ngày 01/01/2031)", "05/2030/TTLT-A", "3", "liên tịch after số"),
        ("(Điều 3 Thông tư số TT 07/2030/TT-A, có hiệu lực thi hành kể từ ngày 01/01/2031)", "07/2030/TT-A", "3", "TT after số"),
        ("((Điều 3 Thông tư số 89-TC/TCT, có hiệu lực kể từ ngày 01/01/1994))", "89-TC/TCT", "3", "two brackets and an old number"),
        (
            "(Điều 1 Pháp lệnh số Không số Về tàu ngày 31/05/1995 của Ủy ban, có hiệu lực thi hành kể từ ngày 31/05/1995)",
            "KHONGSO/1995-05-31",
            "1",
            "no number",
        ),
        (
            "(Danh mục được quy định tại Điều 7 Nghị định số 9/2030/NĐ-CP, có hiệu lực thi hành kể từ ngày 1/9/2030)",
            "9/2030/ND-CP",
            "7",
            "words before the article",
        ),
    ],
)
def test_odd_notes_still_name_document_and_article(note: str, key: str, number: str, why: str) -> None:
    found = the_note(note)
    assert (found.document.key, found.article) == (key, number), why


@pytest.mark.parametrize(
    "note",
    [
        "",
        "(none)",
        "(Thông tư này có hiệu lực kể từ ngày 28 tháng 6 năm 2030.)",
        "(Điều 1 Luật số 1/2030/QH20)",
        law_note(1, since="31/02/2031"),
        "(27 Luật số 1/2030/QH20)",
    ],
)
def test_what_is_no_note_is_none(note: str) -> None:
    assert parse_source_note(note) is None


BASE = "(Điều 3 Luật số 1/2030/QH20, có hiệu lực thi hành kể từ ngày 01/01/2031"


def test_an_amended_article_is_law_in_its_text_from_the_amendment_on() -> None:
    note = the_note(f"{BASE}, có nội dung được sửa đổi bởi Điều 1 Luật số 2/2032/QH20 có hiệu lực thi hành kể từ ngày 01/07/2032)")
    assert note.validity == Validity(date(2032, 7, 1))
    assert changes(note) == [("2/2032/QH20@1", RelationKind.AMENDS, date(2032, 7, 1))]
    assert note.changes[0].target == ProvisionId("1/2030/QH20", "3")


def test_several_amendments_leave_the_text_of_the_last() -> None:
    note = the_note(
        f"{BASE}, có nội dung được sửa đổi, có nội dung được bổ sung bởi Điều 1, Điều 2 Luật số 2/2032/QH20 có hiệu lực thi hành kể từ ngày"
        " 01/07/2032; Điều 5 Luật số 3/2033/QH20 có hiệu lực thi hành kể từ ngày 01/02/2033)"
    )
    assert note.validity == Validity(date(2033, 2, 1))
    assert {(source, kind) for source, kind, _ in changes(note)} == {
        (source, kind)
        for source in ("2/2032/QH20@1", "2/2032/QH20@2", "3/2033/QH20@5")
        for kind in (RelationKind.AMENDS, RelationKind.SUPPLEMENTS)
    }


def test_an_article_that_was_added_begins_with_its_amendment() -> None:
    note = the_note(f"{BASE}, được bổ sung bởi Điều 1 Luật số 2/2032/QH20 có hiệu lực thi hành kể từ ngày 01/07/2032)")
    assert note.validity.since == date(2032, 7, 1)
    assert changes(note) == [("2/2032/QH20@1", RelationKind.SUPPLEMENTS, date(2032, 7, 1))]


@pytest.mark.parametrize("verb", ["bãi bỏ", "hủy bỏ"])
def test_a_repealed_article_ends_on_the_day_of_the_repeal(verb: str) -> None:
    note = the_note(f"{BASE}, bị {verb} bởi Điều 9 Luật số 2/2032/QH20 có hiệu lực thi hành kể từ ngày 01/07/2032)")
    assert note.validity == Validity(date(2031, 1, 1), date(2032, 7, 1))
    assert changes(note) == [("2/2032/QH20@9", RelationKind.REPEALS, date(2032, 7, 1))]


def test_an_article_repealed_in_part_stays_law() -> None:
    note = the_note(f"{BASE}, có nội dung bị bãi bỏ bởi Điều 9 Luật số 2/2032/QH20 có hiệu lực thi hành kể từ ngày 01/07/2032)")
    assert note.validity == Validity(date(2032, 7, 1))


def test_an_article_added_and_later_repealed_is_law_between_the_two() -> None:
    note = the_note(
        f"{BASE}, được bổ sung, bị bãi bỏ bởi Điều 2 Thông tư số 68/2032/TT-A có hiệu lực thi hành kể từ ngày 02/11/2032;"
        " Điều 3 Thông tư số 18/2033/TT-A có hiệu lực thi hành kể từ ngày 05/05/2033)"
    )
    assert note.validity == Validity(date(2032, 11, 2), date(2033, 5, 5))


@pytest.mark.parametrize("words", ["có hiệu lực đến ngày", "có hiệu lực thi hành đến ngày", "có hiệu lực thi hành đến hết ngày"])
def test_the_last_day_of_an_article_is_still_law(words: str) -> None:
    assert the_note(f"{BASE}, {words} 31/12/2035. )").validity == Validity(date(2031, 1, 1), date(2036, 1, 1))


def test_a_suspended_article_tells_by_what() -> None:
    note = the_note(
        f"{BASE}, có nội dung bị ngưng hiệu lực bởi Điều 1 của Thông tư số 29/2032/TT-A có hiệu lực thi hành kể từ ngày 20/10/2032)"
    )
    assert changes(note) == [("29/2032/TT-A@1", RelationKind.SUSPENDS, date(2032, 10, 20))]


# Pages


def test_an_article_has_all_that_its_page_says(tmp_path: Path) -> None:
    batch = read(tmp_path, level("Chương I", "CHUNG"), article("99.1.LQ.1", LAW_NOTE, "<p>\n\t1. Tàu   phải nổi.</p>\n<p>2. Hết.</p>"))
    assert the_article(batch) == Article(
        id=ProvisionId("1/2030/QH20", "1"),
        heading="Tàu",
        text="1. Tàu phải nổi.\n2. Hết.",
        path=("Chương I. CHUNG",),
        validity=Validity(date(2031, 1, 1)),
        url="http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID=142850#Chuong_I_Dieu_1",
        topic="99.1 Tàu giấy",
        codification_number="99.1.LQ.1",
    )
    assert [document.title for document in batch.documents] == ["Luật Tàu giấy"]
    assert batch.failures == ()


def test_levels_open_and_close(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        level("Chương I", "CHUNG"),
        level("Mục 1", "GẤP"),
        article("99.1.LQ.1", law_note(1)),
        level("Mục 2", "THẢ"),
        article("99.1.LQ.2", law_note(2)),
        level("Chương II"),
        article("99.1.LQ.3", law_note(3)),
    )
    assert [found.path for found in batch.articles] == [
        ("Chương I. CHUNG", "Mục 1. GẤP"),
        ("Chương I. CHUNG", "Mục 2. THẢ"),
        ("Chương II",),
    ]


def test_an_article_without_a_note_takes_the_document_of_its_siblings(tmp_path: Path) -> None:
    batch = read(
        tmp_path, article("99.1.NĐ.2.1", law_note(1, "7/2030/QH20")), article("99.1.NĐ.2.2", None), article("99.1.NĐ.2.3", "(hỏng)")
    )
    assert [str(found.id) for found in batch.articles] == ["7/2030/QH20@1", "7/2030/QH20@2", "7/2030/QH20@3"]
    assert {found.validity for found in batch.articles} == {Validity(date(2031, 1, 1))}
    assert batch.failures == ()


def test_an_article_without_note_and_siblings_is_a_failure_that_names_it(tmp_path: Path) -> None:
    batch = read(tmp_path, article("99.1.LQ.1", LAW_NOTE), article("99.1.TT.5.2", None))
    assert len(batch.articles) == 1
    (failure,) = batch.failures
    assert failure.place == "main: Điều 99.1.TT.5.2"
    assert "source note" in failure.reason


def test_an_article_without_a_title_has_its_text_in_the_heading(tmp_path: Path) -> None:
    found = the_article(read(tmp_path, article("99.1.LQ.1", law_note(1), "", title="Tàu phải nổi và không chìm.")))
    assert (found.heading, found.text) == ("", "Tàu phải nổi và không chìm.")


def test_an_article_without_any_text_is_reported(tmp_path: Path) -> None:
    batch = read(tmp_path, article("99.1.LQ.1", law_note(1), "", title=""))
    assert [failure.reason for failure in batch.failures] == ["article without text"]


def test_an_article_that_stands_twice_with_the_same_text_is_one(tmp_path: Path) -> None:
    batch = read(tmp_path, article("99.1.LQ.1", law_note(1)), article("99.1.LQ.1", law_note(1)))
    assert (len(batch.articles), batch.failures) == (1, ())


def test_an_article_that_stands_twice_with_different_text_is_reported(tmp_path: Path) -> None:
    batch = read(tmp_path, article("99.1.LQ.1", law_note(1), "<p>A.</p>"), article("99.1.LQ.1", law_note(1), "<p>B.</p>"))
    assert the_article(batch).text == "A."
    assert "twice" in batch.failures[0].reason


@pytest.mark.parametrize(
    ("markup", "text", "why"),
    [
        ("<p>A.</p>\n\n<p>B.</p>", "A.\nB.", "paragraphs are lines"),
        ("A.<br/>B.<BR>C.", "A.\nB.\nC.", "breaks are lines"),
        ("<p style='x'><span>A</span> <b>và</b>&nbsp;<i>B</i>&amp;C &lt;3</p>", "A và B&C <3", "spans and entities"),
        ("<p>10 m<sup>2</sup> và H<sub>2</sub>O</p>", "10 m2 và H2O", "superscripts and subscripts"),
        ("<table><tbody><tr><td>A</td><td><p>B</p></td></tr><tr><td>C</td> <td>D</td></tr></tbody></table>", "A |\nB\nC | D", "tables"),
        ("<p>Khi x < 5 và y > 3 thì thôi.</p>", "Khi x < 5 và y > 3 thì thôi.", "signs that are no tags"),
        ("<p>D\u0300i\u1ec1u: \u00d0úng</p>", "D\u0300iều: Đúng", "NFC and Eth"),
        ("<p>Giá trị <chưa rõ> còn lại.</p>", "Giá trị <chưa rõ> còn lại.", "unknown tags are text"),
    ],
)
def test_markup_becomes_lines_of_text(tmp_path: Path, markup: str, text: str, why: str) -> None:
    assert the_article(read(tmp_path, article("99.1.LQ.1", law_note(1), markup))).text == text, why


def test_an_amending_article_is_marked(tmp_path: Path) -> None:
    found = the_article(
        read(tmp_path, article("99.1.LQ.1", law_note(1), "<p>Sửa đổi Điều 2 Luật số 9/2020/QH14 như sau:</p>", title="Sửa đổi Luật Thuyền"))
    )
    assert found.amends_only


def cited(batch: Batch) -> list[str]:
    return [str(relation.target) for relation in batch.relations if relation.kind is RelationKind.CITES]


def test_a_cross_reference_by_codification_number_is_followed_into_other_topics(tmp_path: Path) -> None:
    other = page(article("99.2.NĐ.3.8", law_note(8, "4/2030/QH20")), number="99.2")
    batch = read(
        tmp_path,
        article("99.1.LQ.1", law_note(1), cross=f"{inner_link('Điều 99.2.NĐ.3.8. Tàu')}; {inner_link('Điều 99.7.LQ.1. Lạ')}"),
        other=other,
    )
    assert [relation for relation in batch.relations if relation.kind is RelationKind.CITES] == [
        Relation(ProvisionId("1/2030/QH20", "1"), RelationKind.CITES, ProvisionId("4/2030/QH20", "8"), note="codification cross-reference")
    ]


@pytest.mark.parametrize(
    ("links", "targets", "why"),
    [
        ([("Điều 30. Tàu của Luật 18-L/CTN Dầu khí ban hành ngày 06/07/1993", "1")], ["18-L/CTN@30"], "one article"),
        (
            [("Điều 3. Thả", "1"), ("Điều 5a. Gấp của Nghị định 36/2016/NĐ-CP Về tàu ban hành ngày 15/05/2016", "1")],
            ["36/2016/ND-CP@3", "36/2016/ND-CP@5a"],
            "a row",
        ),
        (
            [("Điều 1. của Luật 1/2020/QH14 A", "1"), ("Điều 2. của Luật 2/2020/QH14 B", "2")],
            ["1/2020/QH14@1", "2/2020/QH14@2"],
            "two documents",
        ),
        (
            [("Điều 41.7.TT.1.10. Thi công của Thông tư 18/2013/TT-BVHTTDL Quy định ban hành ngày 30/12/2013", "1")],
            ["18/2013/TT-BVHTTDL@10"],
            "a number that no topic has",
        ),
        (
            [("Điều 1. Sửa đổi một số điều của Nghị định số 13/2007/NĐ-CP của Nghị định 94/2015/NĐ-CP Sửa đổi", "1")],
            ["94/2015/ND-CP@1"],
            "a document inside the heading",
        ),
        ([("Chương II QUY ĐỊNH CỤ THỂ của Luật 1/2020/QH14 A", "1")], [], "a chapter is no article"),
        ([("Điều 9. Không có văn bản", "1")], [], "the document never comes"),
    ],
)
def test_links_to_the_law_database_are_read_as_rows(tmp_path: Path, links: list[tuple[str, str]], targets: list[str], why: str) -> None:
    cross = "; ".join(vbpl_link(text, item) for text, item in links)
    assert cited(read(tmp_path, article("99.1.LQ.1", law_note(1), cross=cross))) == targets, why


def test_cross_references_are_not_text(tmp_path: Path) -> None:
    batch = read(tmp_path, article("99.1.LQ.1", law_note(1), cross=inner_link("Điều 99.1.LQ.1. Tàu")))
    assert "liên quan" not in the_article(batch).text


# Broken sources


def test_a_page_in_another_encoding_is_one_failure_and_the_rest_is_read(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "x.zip", {"bad": page(article("99.1.LQ.1", LAW_NOTE)).encode("utf-16"), "good": page(article("99.2.LQ.1", LAW_NOTE))}
    )
    bad, good = (handle.read() for handle in open_codification(path))
    assert (bad.articles, len(bad.failures)) == ((), 1)
    assert "UTF-8" in bad.failures[0].reason
    assert len(good.articles) == 1


def test_a_page_that_is_no_topic_is_a_failure(tmp_path: Path) -> None:
    (handle,) = open_codification(packed(tmp_path / "x.zip", {"index": "<html>Chào</html>"}))
    (failure,) = handle.read().failures
    assert failure.place == "index"
    assert "topic heading" in failure.reason


def test_an_empty_topic_is_an_empty_batch(tmp_path: Path) -> None:
    assert read(tmp_path) == Batch()


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (handle,) = open_codification(packed(tmp_path / "x.zip", {"main": "\ufeff" + page(article("99.1.LQ.1", LAW_NOTE))}))
    assert len(handle.read().articles) == 1


@pytest.mark.parametrize("keep", [0.0, 0.1, 0.5, 0.9])
def test_a_truncated_zip_is_refused_as_a_whole(tmp_path: Path, keep: float) -> None:
    path = packed(tmp_path / "x.zip", {"main": page(article("99.1.LQ.1", LAW_NOTE))})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(SourceUnreadable) as refused:
        open_codification(path)
    assert refused.value.place == str(path)
    assert "zip" in refused.value.reason


def test_a_damaged_page_inside_a_zip_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"main": page(article("99.1.LQ.1", LAW_NOTE)), "other": page(article("99.2.LQ.1", LAW_NOTE))})
    content = bytearray(path.read_bytes())
    content[120:160] = bytes(40)
    path.write_bytes(content)
    damaged, whole = (handle.read() for handle in open_codification(path))
    assert (damaged.failures[0].place, damaged.unreadable) == ("main", True)
    assert len(whole.articles) == 1


def test_a_zip_without_topics_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        open_codification(packed(tmp_path / "x.zip", {}))
    assert "demuc" in refused.value.reason


def test_a_folder_is_read_like_the_zip(tmp_path: Path) -> None:
    pages = {"b": page(article("99.1.LQ.1", LAW_NOTE)), "a": page(number="99.2")}
    (tmp_path / "folder" / "demuc").mkdir(parents=True)
    for name, content in pages.items():
        (tmp_path / "folder" / "demuc" / f"{name}.html").write_text(content, encoding="utf-8")
    from_folder, from_zip = open_codification(tmp_path / "folder"), open_codification(packed(tmp_path / "x.zip", pages))
    assert [(handle.name, handle.digest, handle.read()) for handle in from_folder] == [
        (handle.name, handle.digest, handle.read()) for handle in from_zip
    ]
    assert [handle.name for handle in from_zip] == ["a", "b"]
    assert {handle.source for handle in from_zip} == {SourceName.CODIFICATION}


def test_topics_that_the_tree_lists_and_the_source_lacks_are_told(tmp_path: Path) -> None:
    topics = '[{"Value":"main","Text":"Tàu giấy"},{"Value":"gone","Text":"Thuyền"}]'
    tree = f'var jdChuDe = [{{"Value":"x","Text":"Chủ đề"}}]; var jdDeMuc = {topics}; var jdAllTree = [];'
    path = packed(tmp_path / "x.zip", {"main": page()}, tree)
    (failure,) = missing_topics(path)
    assert failure.place == "jsonData"
    assert "Thuyền" in failure.reason


def test_without_a_tree_nothing_is_missing(tmp_path: Path) -> None:
    assert missing_topics(packed(tmp_path / "x.zip", {"main": page()})) == []


@pytest.mark.parametrize("tree", ["", "var jdDeMuc = [{oops}];", 'var jdDeMuc = [{"Name":"x"}];', "var jdDeMuc = [1, 2];"])
def test_a_tree_that_cannot_be_read_stops_nothing(tmp_path: Path, tree: str) -> None:
    assert all("tree" in failure.reason for failure in missing_topics(packed(tmp_path / "x.zip", {"main": page()}, tree)))


# The real file of January 2026


@cache
def january_2026() -> tuple[Batch, ...]:
    return tuple(handle.read() for handle in open_codification(need_shared("phapdien-2026-01.zip")))


@pytest.mark.shared_data
@pytest.mark.slow
def test_the_codification_of_january_2026_is_read_whole() -> None:
    batches = january_2026()
    articles = [found for batch in batches for found in batch.articles]
    reasons = [re.sub(r":.*|^\S+@\S+ ", "", failure.reason) for batch in batches for failure in batch.failures]
    assert len(batches) == 301
    assert sum(not batch.articles and not batch.failures for batch in batches) == 90
    # 62,323 articles stand in the pages; 8 stand twice with the same text, and those below are not imported or have no text.
    assert len(articles) == 62_307
    assert {reason: reasons.count(reason) for reason in reasons} == {
        "article without text": 23,
        "stands twice with different text; the first is kept": 5,
        "source note not understood": 3,
    }
    assert all(found.topic and found.validity.since for found in articles)


@pytest.mark.shared_data
@pytest.mark.slow
def test_relations_and_repeals_of_january_2026_are_found() -> None:
    batches = january_2026()
    relations = Counter(relation.kind for batch in batches for relation in batch.relations)
    ended = [found for batch in batches for found in batch.articles if found.validity.until]
    assert relations == {
        RelationKind.CITES: 49_893,
        RelationKind.AMENDS: 3_817,
        RelationKind.SUPPLEMENTS: 3_253,
        RelationKind.REPEALS: 924,
        RelationKind.SUSPENDS: 9,
    }
    assert len(ended) == 98
    # Article 292 of the Criminal Code was repealed on the day on which the code came into force.
    never = [
        str(found.id) for found in ended if found.validity.since and found.validity.until and found.validity.since >= found.validity.until
    ]
    assert never == ["100/2015/QH13@292"]


@pytest.mark.shared_data
@pytest.mark.slow
def test_real_articles_are_cut_into_passages_without_loss() -> None:
    articles = [found for batch in january_2026() for found in batch.articles][::7]
    for found in articles:
        passages = article_passages(found, "")
        assert all(0 < len(passage.text) <= PASSAGE_CHARS for passage in passages), found.id
        # A clause printed as "01." is quoted as "1.".
        assert sorted(_letters("".join(passage.text for passage in passages))) == sorted(_letters(found.text)), found.id


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_0]", text))
