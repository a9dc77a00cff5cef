"""Names written with capitals: "Trần Thị Mến", "ông Liêm", "Kiểm lâm Khoa", "NGUYỄN VĂN HÒA" within small letters."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.feedback.privacy.name_words import NameWords, Spelling, follows_house_number, forms_before
from assistant.feedback.privacy.text import Letter

# Word of the beginning, word after the last, whether the name is sure to be no place.
FoundName = tuple[int, int, bool]

_LONGEST = 5
# Longer runs of words in capitals are shouting, not a name.
_LONGEST_RUN = 8
_ROLE_REACH, _ROLE_REACH_SINGLE = 7, 3
_ABBREVIATIONS = frozenset("ng tr ph th kh b c d h k l m n p q s t v x".split())
_BODY_REACH = 3
_STREET_WORDS = frozenset({"đường", "duong", "lộ", "lo", "khu", "cầu", "cau"})


def capital_names(letter: Letter, words: NameWords) -> Iterator[FoundName]:
    """The names, in order."""
    previous_end = -1
    for first, end in _runs(letter):
        name = _in_run(letter, words, first, end) if end - first <= _LONGEST_RUN else None
        if name is None and _is_listed(letter, previous_end, first):
            name = _listed(letter, words, first, end)
        if name:
            previous_end = name[1]
            yield name


def _runs(letter: Letter) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words with nothing but blanks between."""
    first = 0
    while first < len(letter.words):
        end = first + 1
        if letter.words[first].is_capital:
            while end < len(letter.words) and letter.words[end].is_capital and _joins(letter, end - 1):
                end += 1
            yield first, end
        first = end


def _joins(letter: Letter, index: int) -> bool:
    # "Ng. Văn A." and "N.V.H" are abbreviated names.
    return letter.runs_on(index) or (letter.gap(index) in (".", ". ") and letter.words[index].plain in _ABBREVIATIONS)


def _in_run(letter: Letter, words: NameWords, first: int, end: int) -> FoundName | None:
    spelling = words.spelling(letter)
    # "Tiểu học Phan Chu Trinh": no part of a place's name is a person's.
    leads_to_place = spelling.leads_to_place(*forms_before(letter, first))
    for start in range(first, end):
        if _is_title_here(letter, spelling, start, end) or _is_no_name(letter, words, start, end):
            continue
        is_in_place = leads_to_place and start > first and forms_before(letter, start)[0] not in spelling.titles
        if end - start > 1 and not is_in_place and _begins_with_family(letter, words, start, end):
            name = _with_family(letter, words, start, min(end, start + _LONGEST))
            if name:
                return name
        if _is_called(letter, words, start, first):
            return (start, min(end, start + 4), start == first)
    return None


def _is_title_here(letter: Letter, spelling: Spelling, start: int, end: int) -> bool:
    """Whether a word is a title of the name after it ("Bà Lan") and no family name ("Cao Thị Lan", "Ông Văn Huyên")."""
    form = letter.forms[start]
    # "A" and "O" in capitals are names of the highlands or initials.
    if form not in spelling.titles or start + 1 == end or len(form) == 1:
        return False
    # "ông Ba Lợi": who was born third is called so.
    if form in spelling.birth_orders and forms_before(letter, start)[0] in spelling.titles - spelling.weak_titles:
        return False
    return form not in spelling.families or letter.forms[start + 1] not in spelling.gender_middles


def _begins_with_family(letter: Letter, words: NameWords, start: int, end: int) -> bool:
    form = letter.forms[start]
    # "Đường Lê Lợi" is a street: its first word is a family name too.
    if form in _STREET_WORDS and letter.forms[start + 1] not in words.spelling(letter).gender_middles:
        return False
    # "Truong Le Loi" without marks is a school.
    if form == "truong" and letter.forms[start + 1] in words.unmarked.certain_families:
        return False
    if form in words.spelling(letter).families or form == "ng" or form.startswith(("h'", "k'", "y'")):
        return True
    # A family name mistyped or without marks: "Nguyẽn Văn Hùng", "Tran Van Hung".
    middle = letter.words[start + 1].plain
    return end - start > 2 and letter.words[start].plain in words.unmarked.families and middle in words.unmarked.gender_middles


def _with_family(letter: Letter, words: NameWords, start: int, end: int) -> FoundName | None:
    spelling = words.spelling(letter)
    before, pair = forms_before(letter, start)
    if follows_house_number(letter, start):
        return None
    rest = letter.forms[start + 1 : end]
    is_gendered = len(rest) > 1 and rest[0] in spelling.gender_middles
    if (
        (before in spelling.titles and pair not in spelling.not_persons)
        or words.announced(letter, start)
        or words.role_ends(letter, start)
        or _is_of_somebody(letter, spelling, start)
    ):
        return (start, end, True)
    has_role = words.role_before(letter, start, _ROLE_REACH)
    if before in spelling.not_persons or pair in spelling.not_persons:
        is_soft = is_gendered or (len(rest) > 1 and bool({before, pair} & spelling.soft_bodies))
        return (start, end, True) if has_role and is_soft else None
    if before in spelling.places_before or pair in spelling.places_before:
        return (start, end, len(rest) > 1) if has_role else None
    if has_role:
        return (start, end, True)
    is_certain = letter.forms[start] in spelling.certain_families
    if len(rest) == 1 and not (_stands_alone(letter, spelling, start, end) and (is_certain or rest[0] in spelling.given)):
        return None
    return (start, end, is_gendered)


def _stands_alone(letter: Letter, spelling: Spelling, start: int, end: int) -> bool:
    """Whether two words in capitals can be a name by where they stand: not after "ở" or "Công ty may", and at an end of their clause."""
    before, _ = forms_before(letter, start)
    if before in spelling.place_prepositions:
        return False
    for index in range(start, max(0, start - _BODY_REACH), -1):
        last, pair = forms_before(letter, index)
        if {last, pair} & spelling.bodies:
            return False
    if not before and letter.gap(start - 1).strip()[-1:].isalnum():
        return False
    return not before or end == len(letter.words) or not letter.runs_on(end - 1)


def _is_called(letter: Letter, words: NameWords, start: int, first: int) -> bool:
    """Whether what stands before word `start`, in its run of capitals from `first` on or before it, says that a person is named."""
    spelling = words.spelling(letter)
    before, pair = forms_before(letter, start)
    if f"{before} {letter.forms[start]}" in spelling.compounds:
        return False
    if before in spelling.titles:
        # "trẻ em Mông", "ngã ba Bến Ngự", "thầy Sử"
        if pair in spelling.several | spelling.not_persons or _is_subject(letter, spelling, start, before):
            return False
        if letter.words[start - 1].is_capital and _is_in_place_name(letter, spelling, start - 1):
            return False
        return before not in spelling.weak_titles or _may_be_given(letter, spelling, start)
    if words.announced(letter, start):
        return True
    if start != first or not before:
        return False
    if words.role_ends(letter, start):
        return True
    if spelling.leads_to_place(before, pair):
        return False
    return _may_be_given(letter, spelling, start) and words.role_before(letter, start, _ROLE_REACH_SINGLE)


def _is_subject(letter: Letter, spelling: Spelling, start: int, before: str) -> bool:
    """Whether a word after "thầy" or "cô" is the subject they teach: "thầy Sử"."""
    is_alone = start + 1 == len(letter.words) or not (letter.runs_on(start) and letter.words[start + 1].is_capital)
    return is_alone and before in spelling.teachers and letter.forms[start] in spelling.subjects


def _is_in_place_name(letter: Letter, spelling: Spelling, index: int) -> bool:
    """Whether a title in capitals follows what a place follows: "ngã tư Bà Rịa", "cầu Ba Dừa"."""
    before, pair = forms_before(letter, index)
    return spelling.leads_to_place(before, pair) or before in spelling.place_prepositions


def _is_of_somebody(letter: Letter, spelling: Spelling, start: int) -> bool:
    """Whether "bố tôi", "chú tui" stands before word `start`."""
    before, pair = forms_before(letter, start)
    if pair in ("gia đình", "gia dinh"):
        return True
    return before in ("tôi", "tui", "em", "mình", "toi", "minh", "e", "con", "cháu") and pair.split(" ")[0] in spelling.titles


def _may_be_given(letter: Letter, spelling: Spelling, start: int) -> bool:
    form = letter.forms[start]
    return form in spelling.given or form in spelling.birth_orders


def _is_no_name(letter: Letter, words: NameWords, start: int, end: int) -> bool:
    spelling = words.spelling(letter)
    word = letter.words[start]
    form = letter.forms[start]
    following = letter.forms[start + 1] if letter.runs_on(start) else ""
    # "anh Bảo vệ" is an office; "anh Bảo Vệ" could be a name, but offices are written so too.
    if f"{form} {following}" in spelling.not_names:
        return True
    if f"{form} {following}" in spelling.compounds:
        # "Tết Đinh Mùi" is a year, "anh Đinh Mùi" a person.
        is_titled = forms_before(letter, start)[0] in spelling.titles - spelling.birth_orders
        return not (is_titled and form in spelling.families)
    if _may_be_given(letter, spelling, start) or (form in spelling.families and end - start > 2):
        return False
    return form in spelling.not_names or (word.is_shouted and form not in spelling.families and word.end - word.start > 1)


def _is_listed(letter: Letter, end: int, first: int) -> bool:
    """Whether a name ended so shortly before that this is another in its list: "Tuấn, Vĩ với Thắng"."""
    if end < 0:
        return False
    if first == end:
        return letter.gap(end - 1).strip() == ","
    return first == end + 1 and letter.words[end].spelled in ("và", "với", "cùng", "vs") and letter.runs_on(end)


def _listed(letter: Letter, words: NameWords, first: int, end: int) -> FoundName | None:
    if letter.words[first].spelled not in words.marked.given or _is_no_name(letter, words, first, end) or end - first > 3:
        return None
    return (first, end, False)
