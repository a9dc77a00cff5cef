"""Names without the help of capitals, in small letters or in a shouted letter: by family name, syllables, and what stands around."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.feedback.privacy.name_words import NameWords, Spelling, follows_house_number, forms_before
from assistant.feedback.privacy.names_capital import FoundName
from assistant.feedback.privacy.names_score import closes, is_highland_middle, opens, score
from assistant.feedback.privacy.text import Letter

_LONGEST = 5
_ENOUGH = 4.2
_ROLE_REACH = 6
_COUNTS = frozenset("mot hai ba bon nam sau bay tam chin muoi tram chuc may vai nghin".split())
_MONTHS = frozenset("gieng mot hai ba tu nam sau bay tam chin muoi chap".split())
_JUNIORS = frozenset({"cháu", "em", "bé", "con"})


def small_names(letter: Letter, words: NameWords) -> Iterator[FoundName]:
    """The names, in order."""
    spelling = words.spelling(letter)
    index = 0
    while index < len(letter.words):
        end = _name_end(letter, words, spelling, index)
        if end:
            yield (index, end, True)
        index = end or index + 1


def _name_end(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> int | None:
    word = letter.words[first]
    if word.is_capital and not letter.is_shouted and not word.is_shouted and letter.is_marked:
        return None
    if _is_after_months(letter, first) or _is_amount(letter, first) or _is_before_capital(letter, first, spelling.certain_families):
        return None
    end = _family_name_end(letter, words, spelling, first) or _called_end(letter, words, spelling, first)
    return end + _has_anh(letter, spelling, end) if end else None


def _is_amount(letter: Letter, first: int) -> bool:
    """Whether "60 trieu", "hai trieu" stand there: an amount, not the family name Triệu."""
    return letter.forms[first] == "trieu" and (forms_before(letter, first)[0] in _COUNTS or letter.gap(first - 1).strip()[-1:].isdigit())


def _is_before_capital(letter: Letter, first: int, certain_families: frozenset[str]) -> bool:
    """Whether a capital begins after word `first`, in small letters itself: "xa Van Ho" is a place."""
    if letter.is_shouted or letter.words[first].is_capital or not letter.joins[first]:
        return False
    following = letter.words[first + 1]
    return following.is_capital and not following.is_shouted and letter.forms[first] not in certain_families


def _has_anh(letter: Letter, spelling: Spelling, end: int) -> bool:
    """Whether "anh" after word `end` - 1 is the last syllable of its name: "ngọc anh", "LÊ QUANG TUẤN ANH"."""
    return letter.runs_on(end - 1) and letter.words[end].plain == "anh" and letter.forms[end - 1] in spelling.before_anh


def _is_after_months(letter: Letter, first: int) -> bool:
    """Whether "6 thang" stands before word `first`: months, not "thằng"."""
    if first == 0 or letter.words[first - 1].plain != "thang" or letter.words[first - 1].spelled == "thằng":
        return False
    return letter.gap(first - 2).rstrip()[-1:].isdigit()


def _reach(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> int:
    """The word after the last that can belong to a name beginning at word `first`."""
    family = letter.forms[first]
    end = first + 1
    while end < min(first + _LONGEST, len(letter.words)) and letter.runs_on(end - 1):
        form = letter.forms[end]
        is_middle = end == first + 1 and (form in spelling.gender_middles or is_highland_middle(spelling, family, form))
        if not is_middle and words.is_stop(letter, end) and form not in spelling.given:
            # "Tăng Văn Mới!" signs with an everyday word.
            signs = end == first + 2 and letter.forms[end - 1] in spelling.gender_middles and opens(letter, first)
            return end + (signs and letter.is_marked and closes(letter, end + 1))
        end += 1
    return end


def _family_name_end(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> int | None:
    family = letter.forms[first]
    is_unmarked_family = family in words.unmarked.certain_families and family.isascii()
    if family not in spelling.families and not is_unmarked_family and not family.startswith(("h'", "k'")):
        return None
    if letter.runs_on(first) and f"{family} {letter.forms[first + 1]}" in spelling.compounds:
        return None
    before, pair = forms_before(letter, first)
    has_role = words.role_ends(letter, first)
    if not has_role and spelling.leads_to_place(before, pair) and not words.role_before(letter, first, _ROLE_REACH):
        return None
    if f"{before} {family}" in spelling.compounds or follows_house_number(letter, first):
        return None
    context = _context(letter, words, spelling, first)
    reach = _reach(letter, words, spelling, first)
    scored = [(score(letter, spelling, first, end, context), end) for end in range(first + 2, min(reach, first + 4) + 1)]
    best = max(scored, default=(0.0, 0))
    return best[1] if best[0] >= _ENOUGH else None


def _context(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> float:
    """What the words before a family name add: titles, offices, "tên là", or the beginning of a clause."""
    before, _ = forms_before(letter, first)
    if words.announced(letter, first) or words.role_ends(letter, first):
        return 2.6
    if before in spelling.titles:
        return 1.0 if before in spelling.weak_titles else 2.0
    if words.role_before(letter, first, _ROLE_REACH):
        return 1.7 if letter.is_marked else 1.2
    if before in ("của", "cua", "do"):
        return 1.0
    if before in ("tôi", "toi", "tui", "mình", "minh", "em"):
        return 1.2
    return 0.8 if not before else 0.0


def _called_end(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> int | None:
    """The end of a name without family name: after a title ("bà hằng", "chú út"), an office, or "tên"."""
    form = letter.forms[first]
    before, pair = forms_before(letter, first)
    is_announced = words.announced(letter, first)
    if not is_announced and not _is_led(letter, words, spelling, first):
        return None
    ahead = f"{form} {letter.forms[first + 1]}" if letter.joins[first] else ""
    behind = f"{before} {form}"
    if ahead in spelling.compounds or behind in spelling.compounds or ahead in spelling.roles or behind in spelling.roles:
        return None
    if pair in spelling.several or _is_month(letter, first):
        return None
    if is_announced:
        return _announced_end(letter, words, spelling, first)
    is_strong = before in spelling.titles and (
        before not in spelling.weak_titles or pair.split(" ")[0] in spelling.titles - spelling.weak_titles
    )
    if form == "y" and ahead and (is_strong or words.role_ends(letter, first)) and not words.is_stop(letter, first + 1):
        return first + 2
    if not is_strong:
        return _double_end(letter, words, spelling, first, before)
    return _titled_end(letter, words, spelling, first)


def _is_month(letter: Letter, first: int) -> bool:
    """Whether "thang bay" is the seventh month and no lad."""
    return not letter.is_marked and letter.words[first - 1].plain == "thang" and letter.forms[first] in _MONTHS


def _is_led(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> bool:
    """Whether a title, an office or "do" stands before word `first`: but for "tên" nothing else leads to a name without family name."""
    before, pair = forms_before(letter, first)
    # "thcs lê anh xuân": no elder brother.
    if before == "anh" and pair.split(" ")[0] in spelling.certain_families:
        return False
    return bool(before) and (before in spelling.titles or before == "do" or words.role_ends(letter, first))


def _titled_end(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> int | None:
    """The end of a given name that begins right after a title."""
    form = letter.forms[first]
    is_sure = letter.is_marked and form in spelling.after_titles
    if not is_sure and (form in spelling.birth_orders or form in spelling.everyday or not letter.is_marked):
        return _doubtful_end(letter, words, spelling, first)
    if not is_sure and (form not in spelling.given or words.is_stop(letter, first)):
        return None
    return first + (2 if _second_share(letter, spelling, first) == 1.0 else 1)


def _second_share(letter: Letter, spelling: Spelling, first: int) -> float:
    return spelling.share(letter.forms[first + 1]) if letter.runs_on(first) else 0.0


def _double_end(letter: Letter, words: NameWords, spelling: Spelling, first: int, before: str) -> int | None:
    """After an office one sure syllable, after "do" and weak titles two: "bs quân", "do ngọc bích lập"."""
    form = letter.forms[first]
    if spelling.share(form) < 1.0 or form in spelling.birth_orders:
        is_officer = form in spelling.given and letter.is_marked and words.role_ends(letter, first) and not words.is_stop(letter, first)
        return first + 1 if is_officer and _is_followed(letter, spelling, first + 1) else None
    has_two = _second_share(letter, spelling, first) == 1.0
    if words.role_ends(letter, first) and (letter.is_marked or has_two):
        return first + (2 if has_two else 1)
    is_led = before in spelling.weak_titles or before == "do"
    if is_led and before in spelling.titles and _is_followed(letter, spelling, first + 1):
        return first + 1
    return first + 2 if is_led and has_two and letter.is_marked else None


def _doubtful_end(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> int | None:
    """ "chú út", "bà bảy lành", "ong tu": a name where a sure given name, an office or the end of a clause follows."""
    form = letter.forms[first]
    if form not in spelling.given and form not in spelling.birth_orders:
        return None
    if _second_share(letter, spelling, first) == 1.0 and not words.is_stop(letter, first):
        return first + 2
    if words.is_stop(letter, first) and form not in spelling.birth_orders and not letter.is_marked:
        return None
    is_elder = letter.is_marked and letter.forms[first - 1] not in _JUNIORS
    if form in spelling.sure_orders and is_elder and letter.joins[first] and letter.forms[first + 1] not in spelling.counted:
        return first + 1
    if _second_share(letter, spelling, first) and _is_followed(letter, spelling, first + 2):
        return first + 2
    return first + 1 if _is_followed(letter, spelling, first + 1) else None


def _is_followed(letter: Letter, spelling: Spelling, end: int) -> bool:
    if end >= len(letter.words):
        return True
    if not letter.runs_on(end - 1):
        return not letter.gap(end - 1).strip().isdecimal()
    return letter.forms[end] in spelling.after_given


def _is_pair_at_end(letter: Letter, spelling: Spelling, first: int) -> bool:
    """Whether word `first` and one more that can be a given name end a clause: "mình là thu trang,"."""
    if not letter.runs_on(first) or not spelling.share(letter.forms[first + 1]):
        return False
    is_end = first + 2 >= len(letter.words) or not letter.runs_on(first + 1)
    return is_end and f"{letter.forms[first]} {letter.forms[first + 1]}" not in spelling.compounds | spelling.everyday_pairs


def _announced_end(letter: Letter, words: NameWords, spelling: Spelling, first: int) -> int | None:
    """After "tên" sure syllables are a name, others and those after "tôi là" where they end a clause."""
    has_ten = any(word.plain == "ten" for word in letter.words[max(0, first - 3) : first])
    share = spelling.share(letter.forms[first])
    if words.is_stop(letter, first) and not (share and _is_pair_at_end(letter, spelling, first)):
        return None
    end = first + 1
    while end < min(first + 4, len(letter.words)) and letter.runs_on(end - 1):
        if words.is_stop(letter, end) or not spelling.share(letter.forms[end]):
            break
        end += 1
    # "TÊN HOÀN SẸO!": a nickname of any sound.
    if has_ten and share and not closes(letter, end) and not words.is_stop(letter, end) and closes(letter, end + 1):
        end += 1
    is_end = closes(letter, end)
    if has_ten and share == 1.0:
        return end
    return end if is_end and (share == 1.0 or (share and (has_ten or end - first > 1))) else None
