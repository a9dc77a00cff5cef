"""Whether a text of law says a sentence: the same terms in the same order, nothing that could change the meaning left out.

A sentence may repeat whole sentences of the text, join the head of a list with some of its points, write numbers otherwise, leave
out or add words that say nothing, and stop at a comma behind which nothing limits what was said. Everything else is held to be
another statement: who leaves "người làm việc nặng nhọc" out of "được nghỉ 14 ngày" has made a false law of true words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.language_model.mentions import HIDDEN
from assistant.language_model.sentences import NEGATIONS, Sentence, is_numeral

# Words that limit, deny or open another way; a sentence that has them behind a comma is not cut there.
_LIMITING = (
    NEGATIONS
    | frozenset(
        """
    nếu khi trừ ngoại ngoài nhưng tuy mà chỉ riêng hoặc hay trường điều với trong tại sau trước từ đến do bởi vì đối theo trên dưới
    hơn quá miễn bằng như giữa mỗi từng cho tới kể bị phải được quyền toàn phần cùng
    """.split()
    )
    | {"không quá", "ít nhất", "kể từ", "trong thời hạn", "không được", HIDDEN}
)


def says(sentences: Sequence[Sentence], claim: Sequence[str]) -> bool:
    """Whether the text with these sentences says the claim with these terms."""
    wanted = tuple(claim)
    return bool(wanted) and any(_said(sentences, place, wanted) for place, one in enumerate(sentences) if one.can_start)


def denials_differ(sentences: Sequence[Sentence], claim: Sequence[str]) -> bool:
    """Whether the claim denies more or less often than the sentence most like it, read with the heads that lead into it."""
    wanted = set(claim)
    whole = [_with_heads(sentences, one) for one in sentences]
    like = max(whole, key=lambda terms: len(wanted & set(terms)) / len(wanted | set(terms)), default=())
    return _denials(like) != _denials(claim)


def _with_heads(sentences: Sequence[Sentence], sentence: Sentence) -> tuple[str, ...]:
    before = () if sentence.head is None else _with_heads(sentences, sentences[sentence.head])
    return before + sentence.terms


def _denials(terms: Sequence[str]) -> int:
    return sum(term in NEGATIONS for term in terms)


def _said(sentences: Sequence[Sentence], place: int, wanted: tuple[str, ...]) -> bool:
    """Whether `wanted` is what stands from the sentence at `place` on."""
    sentence = sentences[place]
    if len(wanted) <= len(sentence.terms):
        is_here = wanted == sentence.terms[: len(wanted)]
        return is_here and _may_end(sentence, len(wanted)) and not _breaks_list(sentences, place)
    if wanted[: len(sentence.terms)] != sentence.terms:
        return False
    rest = wanted[len(sentence.terms) :]
    return any(_said(sentences, following, rest) for following in _following(sentences, place))


def _may_end(sentence: Sentence, length: int) -> bool:
    left_out = sentence.terms[length:]
    return not left_out or (length in sentence.cuts and not any(is_numeral(term) or term in _LIMITING for term in left_out))


def _breaks_list(sentences: Sequence[Sentence], place: int) -> bool:
    """Whether a sentence that ends at `place` leaves out what comes later in a list that counts as a whole."""
    open_heads, head = {place}, sentences[place].head
    while head is not None:
        open_heads.add(head)
        head = sentences[head].head
    wholes = {one for one in open_heads if sentences[one].whole_list}
    return any(later.head in wholes for later in sentences[place + 1 :])


def _following(sentences: Sequence[Sentence], place: int) -> Iterator[int]:
    """Sentences that may be read on behind the one at `place`: the next, the points that it leads into, later points of its list."""
    here = sentences[place]
    for later in range(place + 1, len(sentences)):
        head = sentences[later].head
        may_skip = head is not None and head in (place, here.head) and not sentences[head].whole_list
        if later == place + 1 or may_skip:
            yield later
