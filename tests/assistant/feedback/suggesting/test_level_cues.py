"""What tells the level: cues as a table, how they are weighed by field and kind, and what they add to the classifier's levels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.feedback.suggesting.classify import Classifier
from assistant.feedback.suggesting.classify_reading import Floats
from assistant.feedback.suggesting.level_cues import LevelCues, LevelOpinion, LevelShares
from assistant.feedback.types import AdminLevel, Field, Kind

_TEXT = "Chủ tịch xã bán đất công cho em rể, tôi có ảnh"
_NOTHING = np.zeros(384, np.float32)
_LARGEST_FILE = 20_000
_HALF = np.float32(0.5)


@pytest.fixture(scope="module")
def cues() -> LevelCues:
    return LevelCues.load()


def of(members: type[Kind] | type[Field], *chosen: Kind | Field) -> Floats:
    return np.array([one in chosen for one in members], np.float32)


@pytest.mark.parametrize(
    ("text", "cue", "why"),
    [
        ("Đề nghị xã lên coi giùm con mương", "asks_commune", "the commune is asked"),
        ("de nghi tinh lam lai con duong", "asks_province", "typed without marks"),
        ("KIẾN NGHỊ QUỐC HỘI SỬA LUẬT", "asks_central", "shouted"),
        ("Nước máy phường Thạch Khôi nồng mùi clo", "named_place", "where it happened"),
        ("ông phó chủ tịch xã nhận phong bì", "accused_chairman", "denounced above the commune"),
        ("cán bộ địa chính vòi tiền", "accused_of_commune", "an officer of the commune"),
        ("bác sĩ bệnh viện đòi phong bì", "accused_of_province", "a hospital"),
        ("nộp ở đâu, cần giấy gì ạ", "asks_the_way", "how a procedure goes"),
        ("xây chòi có bị phạt không", "asks_the_rule", "what the law says"),
        ("quyết định thu hồi đất tính thiếu 20 mét", "land_of_commune", "recovery is the commune's"),
        ("hồ sơ tách thửa quá hạn", "land_of_province", "the land registration office"),
        ("quốc lộ sụt lún", "road_of_state", "a national road"),
        ("xe buýt bỏ chuyến", "road_of_province", "buses are the province's"),
        ("ngõ tối, đường bê tông vỡ", "road_of_commune", "a lane"),
        ("cúp điện ba ngày", "grid", "a company of the province"),
        ("con lớp 12 thi lại", "school_of_province", "an upper secondary school"),
        ("trạm xá hết thuốc", "health_station", "a station of the commune"),
    ],
)
def test_a_cue_is_found_however_it_is_typed(cues: LevelCues, text: str, cue: str, why: str) -> None:
    assert cue in cues.names_in(text), why


@pytest.mark.parametrize(
    ("text", "cue", "why"),
    [
        ("chủ tịch hội phụ nữ xã giữ tiền quỹ", "accused_chairman", "the head of an association is no chairman of the commune"),
        ("đèn ngõ mất điện", "grid", "a lamp of the lane is the commune's"),
        ("ồn ào ở xã từ sáng", "named_place", "no name follows"),
        ("trường tiểu học có lớp 12 học sinh", "school_of_province", "twelve pupils, not grade twelve"),
    ],
)
def test_a_cue_is_not_found_where_something_else_is_meant(cues: LevelCues, text: str, cue: str, why: str) -> None:
    assert cue not in cues.names_in(text), why


def test_every_cue_has_a_name_of_its_own_and_every_level_has_some(cues: LevelCues) -> None:
    assert len({one.name for one in cues.cues}) == len(cues.cues)
    assert {one.level for one in cues.cues} == set(AdminLevel)


def test_a_cue_counts_as_far_as_the_letter_is_of_its_kind_and_field(cues: LevelCues) -> None:
    found = cues.found("chủ tịch xã, quyết định thu hồi đất")
    place = {one.name: number for number, one in enumerate(cues.cues)}
    land, roads = of(Field, Field.LAND), of(Field, Field.TRANSPORT)
    denounced, asked = of(Kind, Kind.DENUNCIATION), of(Kind, Kind.QUESTION)
    full, half = cues.weighed(found, denounced, land), cues.weighed(found, denounced * _HALF, (land + roads) * _HALF)
    assert full[place["accused_chairman"]] == 2 * half[place["accused_chairman"]] > 0
    assert full[place["land_of_commune"]] == 2 * half[place["land_of_commune"]] > 0
    elsewhere = cues.weighed(found, asked, roads)
    assert elsewhere[place["accused_chairman"]] == elsewhere[place["land_of_commune"]] == 0


def saying(cues: LevelCues, name: str, level: AdminLevel) -> LevelOpinion:
    weights = np.zeros((len(AdminLevel), len(cues.cues) + len(AdminLevel)), np.float32)
    weights[list(AdminLevel).index(level), [one.name for one in cues.cues].index(name)] = 100
    return LevelOpinion(cues, weights, np.zeros(len(AdminLevel), np.float32), LevelShares(1.0, 1.0), LevelShares(0.5, 2.0))


def test_levels_go_by_the_cues_too_and_nothing_else_does(cues: LevelCues) -> None:
    alone = Classifier.load()
    alone = Classifier(alone.lexicon, alone.weights, alone.limits)
    level = saying(cues, "accused_chairman", AdminLevel.CENTRAL)
    own = alone.classify(_TEXT, _NOTHING)
    both = Classifier(alone.lexicon, alone.weights, alone.limits, level=level).classify(_TEXT, _NOTHING)
    assert own.level[0].value != both.level[0].value == AdminLevel.CENTRAL
    assert (both.kinds, both.field, both.seal, both.urgency, both.evidence) == (own.kinds, own.field, own.seal, own.urgency, own.evidence)
    assert both.model == f"{alone.version}+{level.version}"


def test_shares_differ_where_the_second_opinion_is_heard(cues: LevelCues) -> None:
    level = saying(cues, "accused_chairman", AdminLevel.PROVINCE)
    before, chances = np.ones(3, np.float32), {"kind": of(Kind, Kind.REPORT), "field": of(Field, Field.OTHER)}
    assert level.added("xin chào", before, before, chances, is_heard=False).tolist() == [1, 1, 1]
    assert level.added("xin chào", before, before, chances, is_heard=True).tolist() == [0.5, 0.5, 0.5]


def test_a_saved_one_is_read_as_it_was_and_not_for_other_cues(cues: LevelCues, tmp_path: Path) -> None:
    made = saying(cues, "grid", AdminLevel.PROVINCE)
    made.save(tmp_path / "level.npz")
    content = (tmp_path / "level.npz").read_bytes()
    again = LevelOpinion.read(content, cues)
    assert again
    assert (again.version, again.alone, again.heard) == (made.version, made.alone, made.heard)
    fewer = LevelCues(cues.cues[1:], *cues.lists)
    assert LevelOpinion.read(content, fewer) is None


def test_the_shipped_one_is_for_the_shipped_cues_and_small(cues: LevelCues) -> None:
    shipped = LevelOpinion.load()
    assert shipped
    assert shipped.weights.nbytes + shipped.bias.nbytes < _LARGEST_FILE
    assert shipped.weights.shape == (len(AdminLevel), len(cues.cues) + len(AdminLevel))
