"""The competence table: whole, of today, and founded on articles that exist and speak of the body or of its level."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from assistant.feedback.suggesting.competence import Body, CompetenceTable
from assistant.feedback.types import AdminLevel, Field
from corpus.ids import ProvisionId
from corpus.parse import parse_article_body, provisions_of
from corpus.sources.codes import open_codes
from corpus.sources.codification import open_codification
from tests.shared import need_shared

TABLE = CompetenceTable.load()
ROWS = [(field, level) for field in Field for level in AdminLevel]
COMMUNE, PROVINCE, CENTRAL = AdminLevel.COMMUNE, AdminLevel.PROVINCE, AdminLevel.CENTRAL

# What ended with the districts and the mergers of 2025, and the regional offices that were named after provinces a few months later.
ENDED = (
    "huyện|quận|thị xã|thị trấn|khu vực|chi cục|tổng cục|tài nguyên|giao thông vận tải|nông thôn|kế hoạch và đầu tư|lao động|thương binh"
    "|thông tin và truyền thông|ban dân tộc|một cửa"
)


# How an article says that it is about a field; of the last two fields there is none of their own.
FIELD_WORDS = {
    Field.LAND: "đất đai",
    Field.CONSTRUCTION_PLANNING: "xây dựng|kiến trúc",
    Field.HOUSING: "nhà ở",
    Field.ENVIRONMENT: "môi trường",
    Field.TRANSPORT: "giao thông|đường bộ",
    Field.UTILITIES: "nước sạch|chiếu sáng|năng lượng",
    Field.HEALTH: "khám bệnh|dược|bảo hiểm y tế",
    Field.EDUCATION: "giáo dục",
    Field.LABOUR: "lao động",
    Field.SOCIAL_INSURANCE: "[Bb]ảo hiểm",
    Field.MERIT: "người có công|kháng chiến",
    Field.SOCIAL_WELFARE: "trẻ em|người cao tuổi|người khuyết tật",
    Field.AGRICULTURE: "nông nghiệp|trồng trọt|chăn nuôi|thủy sản|lâm nghiệp",
    Field.FINANCE_TAX_PRICE: "phí|thuế|ngân sách|giá",
    Field.BUSINESS_TRADE: "người tiêu dùng|thương mại|doanh nghiệp",
    Field.CIVIL_STATUS: "hộ tịch|cư trú|căn cước",
    Field.ADMIN_PROCEDURE: "thủ tục hành chính",
    Field.SECURITY_ORDER: "Công an nhân dân|trật tự",
    Field.CULTURE_SPORT_TOURISM: "thể dục|thư viện|du lịch",
    Field.ETHNIC_RELIGION: "dân tộc|tín ngưỡng|tôn giáo",
    Field.JUSTICE_ENFORCEMENT: "thi hành án|hòa giải|trợ giúp pháp lý",
    Field.SCIENCE_DIGITAL: "khoa học|công nghệ|đo lường",
}
# What any citizen may ask of a commune.
ANY_FIELD = ProvisionId.parse("10/2022/QH15@86.2.c")


def body(field: Field, level: AdminLevel, area: str | None = None) -> Body:
    return TABLE.body(field, level, area)


# Names


@pytest.mark.parametrize(("field", "level"), ROWS)
def test_every_field_has_a_body_at_every_level(field: Field, level: AdminLevel) -> None:
    found = body(field, level)
    assert found.level is level
    assert found.name
    assert found.basis_note


@pytest.mark.parametrize(("field", "level"), ROWS)
def test_no_body_is_of_before_july_2025(field: Field, level: AdminLevel) -> None:
    assert not re.search(ENDED, body(field, level).name, re.IGNORECASE)


@given(row=st.sampled_from(ROWS), area=st.none() | st.text(max_size=20))
def test_names_are_filled_whatever_the_area(row: tuple[Field, AdminLevel], area: str | None) -> None:
    filled = body(*row, area).name
    if not (area and set("{}") & set(area)):
        assert not set("{}") & set(filled)
    if row[1] is not CENTRAL and area and area.strip():
        assert area.strip()[1:] in filled


@pytest.mark.parametrize(
    ("field", "level", "area", "name", "why"),
    [
        (Field.LAND, COMMUNE, "Phường Ba Đình", "Ủy ban nhân dân phường Ba Đình", "the kind word is small after the body"),
        (Field.LAND, COMMUNE, "xã Tân Phú", "Ủy ban nhân dân xã Tân Phú", "a small kind word stays"),
        (Field.SECURITY_ORDER, COMMUNE, "Đặc khu Phú Quốc", "Công an đặc khu Phú Quốc", "a kind of two words"),
        (Field.HEALTH, PROVINCE, "Tỉnh Tây Ninh", "Sở Y tế tỉnh Tây Ninh", "a province"),
        (Field.HEALTH, PROVINCE, "Thành phố Cần Thơ", "Sở Y tế thành phố Cần Thơ", "a city"),
        (Field.HEALTH, PROVINCE, "Thành phố Hồ Chí Minh", "Sở Y tế Thành phố Hồ Chí Minh", "its first word is part of the name"),
        (Field.HEALTH, PROVINCE, "Đồng Tháp", "Sở Y tế Đồng Tháp", "a bare name keeps its capital"),
        (Field.HEALTH, PROVINCE, None, "Sở Y tế tỉnh, thành phố", "no area known"),
        (Field.SECURITY_ORDER, COMMUNE, "  ", "Công an xã, phường, đặc khu", "a blank area is none"),
        (Field.HEALTH, CENTRAL, "Tỉnh Tây Ninh", "Bộ Y tế", "a ministry has no area"),
    ],
)
def test_a_name_reads_as_it_is_written(field: Field, level: AdminLevel, area: str | None, name: str, why: str) -> None:
    assert body(field, level, area).name == name, why


@pytest.mark.parametrize(
    ("field", "level", "part"),
    [
        (Field.ENVIRONMENT, PROVINCE, "Sở Nông nghiệp và Môi trường"),
        (Field.TRANSPORT, PROVINCE, "Sở Xây dựng"),
        (Field.LABOUR, PROVINCE, "Sở Nội vụ"),
        (Field.SOCIAL_WELFARE, PROVINCE, "Sở Y tế"),
        (Field.SCIENCE_DIGITAL, PROVINCE, "Sở Khoa học và Công nghệ"),
        (Field.ETHNIC_RELIGION, PROVINCE, "Sở Dân tộc và Tôn giáo"),
        (Field.LAND, CENTRAL, "Bộ Nông nghiệp và Môi trường"),
        (Field.TRANSPORT, CENTRAL, "Bộ Xây dựng"),
        (Field.MERIT, CENTRAL, "Bộ Nội vụ"),
        (Field.OTHER, CENTRAL, "Quốc hội"),
    ],
)
def test_merged_fields_go_to_the_body_of_today(field: Field, level: AdminLevel, part: str) -> None:
    assert body(field, level).name.startswith(part)


# Basis


@pytest.mark.parametrize(("field", "level"), ROWS)
def test_what_was_not_read_is_not_cited_and_says_so(field: Field, level: AdminLevel) -> None:
    found = body(field, level)
    assert bool(found.basis) == (found.checked is not None)
    assert found.basis_note.endswith("Chưa kiểm tra được điều luật nào trong văn bản hiện có.") == (not found.basis)
    assert all(one.article for one in found.basis)


@pytest.mark.shared_data
@pytest.mark.slow
def test_every_basis_is_a_provision_with_a_text() -> None:
    cited = {one for row in ROWS for one in body(*row).basis}
    assert len(cited) > 60
    assert not sorted(str(one) for one in cited if not provision_texts().get(one))


@pytest.mark.shared_data
@pytest.mark.slow
def test_every_basis_speaks_of_the_body_or_its_level() -> None:
    based = [found for row in ROWS if (found := body(*row)).basis]
    assert not [(one.name, one.basis) for one in based if not any(re.search(_as_named(one), _whole(cited)) for cited in one.basis)]


@pytest.mark.shared_data
@pytest.mark.slow
@pytest.mark.parametrize("field", [field for field in Field if field in FIELD_WORDS])
def test_every_basis_speaks_of_the_field(field: Field) -> None:
    cited = {level: set(body(field, level).basis) - {ANY_FIELD} for level in AdminLevel}
    assert not [level for level, basis in cited.items() if basis and not any(re.search(FIELD_WORDS[field], _whole(one)) for one in basis)]


def test_what_no_article_at_hand_gives_to_anybody_is_known() -> None:
    """Articles that still name a ministry of before 2025, or of whose change there is no text."""
    without = {(field, level) for field, level in ROWS if not body(field, level).basis}
    assert without == {(field, CENTRAL) for field in (Field.LAND, Field.ENVIRONMENT, Field.LABOUR, Field.ADMIN_PROCEDURE)}


def _as_named(one: Body) -> str:
    """How a law speaks of a local level or of an agency of the State that has offices there, or the names of central bodies."""
    if one.level is CENTRAL:
        return "|".join(re.findall(r"(?:Bộ|Bảo hiểm|Quốc hội)[^(,]*?(?= \(|, Bộ | hoặc | thuộc |$)", one.name))
    offices = "|".join(re.findall("(?i)bảo hiểm xã hội|thi hành án dân sự", one.name)).lower()
    level = "các cấp|cấp xã|xã, phường" if one.level is COMMUNE else "các cấp|cấp tỉnh|tỉnh, thành phố"
    return f"{level}|(?i:{offices})" if offices else level


def _whole(cited: ProvisionId) -> str:
    """The cited provision with its points, the beginning of its clause, and the heading of its article."""
    parts = [text for one, text in provision_texts().items() if cited.contains(one) or one == cited.of_clause]
    return "\n".join([article_texts()[cited.of_article].split("\n", 1)[0], *parts])


@cache
def article_texts() -> dict[ProvisionId, str]:
    """Heading and text of each article that the table cites, from the codification or, where it lacks the law, from its own text."""
    cited = {one.of_article for row in ROWS for one in body(*row).basis}
    zipped = need_shared("phapdien-2026-01.zip")
    found = {one: text for one in cited if (text := _from_its_own_text(one))}
    for handle in (*open_codes(), *open_codification(zipped)):
        if found.keys() >= cited:
            break
        found |= {one.id: f"{one.heading}\n{one.text}" for one in handle.read().articles if one.id in cited}
    return found


@cache
def provision_texts() -> dict[ProvisionId, str]:
    """The text of each article above, of its clauses and of its points."""
    return {one: text for article, whole in article_texts().items() for one, text in _with_parts(article, whole)}


def _with_parts(article: ProvisionId, text: str) -> Iterator[tuple[ProvisionId, str]]:
    yield article, text
    yield from provisions_of(article, parse_article_body(text))


# Laws that the codification lacks, and where their texts lie.
OWN_TEXTS = {
    "31/2024/QH15": "law-html/Luat-Dat-dai-2024-31-2024-QH15-523642.html.gz",
    "68/2020/QH14": "law-html/Luat-68-2020-QH14-cu-tru-435315.html.gz",
    "26/2023/QH15": "law-html/Luat-Can-cuoc-26-2023-QH15-552422.html.gz",
    "154/2026/ND-CP": "decrees-2026/nd154-2026.md",
}


def _from_its_own_text(article: ProvisionId) -> str | None:
    if found := _retrieval_texts().get(str(article)):
        # The first line repeats number and heading.
        return re.sub(r"^Điều \d+\.\s*", "", found)
    if article.document not in OWN_TEXTS:
        return None
    number = int(article.article or 0)
    match = re.search(rf"^Điều {number}\.(.*?)^Điều {number + 1}\.", _own_text(OWN_TEXTS[article.document]), re.DOTALL | re.MULTILINE)
    # A number may stand on a line of its own.
    return re.sub(r"^(\d+\.)\n", r"\1 ", match.group(1).strip(), flags=re.MULTILINE) if match else None


@cache
def _own_text(relative: str) -> str:
    path = need_shared(relative)
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    page = LexborHTMLParser(gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace"))
    return re.sub(r"\s*\n\s*", "\n", page.text(separator="\n"))


# Laws that only a set for retrieval holds whole.
RETRIEVAL = "retrieval/bench-dev/corpus.jsonl"
OF_RETRIEVAL = frozenset({"15/2023/QH15", "27/2023/QH15", "72/2020/QH14"})


@cache
def _retrieval_texts() -> dict[str, str]:
    lines = map(json.loads, need_shared(RETRIEVAL).read_text(encoding="utf-8").splitlines())
    return {f"{one['law_id']}@{one['article_no']}": one["text"] for one in lines if one["law_id"] in OF_RETRIEVAL}
