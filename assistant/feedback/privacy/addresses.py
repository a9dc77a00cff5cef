"""Where somebody lives, trades or can be found, by a model that was trained on marked messages (eval/addresses.py).

A stretch of a street, an alley that floods or a village without water is a place, nobody's address: hiding it would hide the matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from assistant.feedback.privacy.address_features import AddressFeatures, tokens_of
from assistant.feedback.privacy.address_model import AddressModel
from assistant.feedback.privacy.part_words import PartWords
from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalDataType, PersonalSpan

# A word is hidden from this probability on: it is worse to show an address than to hide a place.
_LIKELY = 0.4


class AddressFinder:
    """Finds addresses."""

    def __init__(self, model: AddressModel, features: AddressFeatures) -> None:
        self._model, self._features = model, features

    @classmethod
    def load(cls, words: PartWords) -> AddressFinder:
        """A finder with the model shipped with the project."""
        with resources.files("assistant.feedback").joinpath("data", "addresses.npz").open("rb") as file:
            return cls(AddressModel.read(file), AddressFeatures(words))

    def find(self, letter: Letter, names: Sequence[PersonalSpan] = ()) -> Iterator[PersonalSpan]:
        """The addresses, in order; `names` are those of persons, or of streets that are called like them."""
        tokens = tokens_of(letter)
        begin: int | None = None
        for at, chance in enumerate([*self._model.chances(self._features.of(letter, tokens, names)), 0.0]):
            if chance >= _LIKELY:
                begin = at if begin is None else begin
            elif begin is not None:
                yield PersonalSpan(tokens[begin].start, tokens[at - 1].end, PersonalDataType.ADDRESS)
                begin = None
