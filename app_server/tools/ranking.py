"""Which of some short texts fit a query, best first (Okapi BM25 over English word stems)."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, Protocol, cast

from snowballstemmer.english_stemmer import EnglishStemmer  # pyright: ignore[reportMissingTypeStubs] - it has none

_SATURATION: Final = 1.2
"""How soon a word that is repeated counts no more (BM25's k1)."""
_LENGTH: Final = 0.75
"""How much long texts are held against (BM25's b)."""


class _Stemmer(Protocol):
    def stemWords(self, words: list[str], /) -> list[str]: ...  # noqa: N802 - the library's name


def ranked(query: str, texts: Sequence[str]) -> list[int]:
    """The positions of the texts that share a word with the query; equal ones in their order."""
    documents = [Counter(_words(text)) for text in texts]
    lengths = [document.total() for document in documents]
    average = sum(lengths) / len(lengths) if lengths else 0.0
    scores = [0.0] * len(documents)
    for word in set(_words(query)):
        holding = sum(word in document for document in documents)
        rarity = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for position, document in enumerate(documents):
            if count := document[word]:
                norm = 1 - _LENGTH + _LENGTH * lengths[position] / average
                scores[position] += rarity * count * (_SATURATION + 1) / (count + _SATURATION * norm)
    found = [position for position, score in enumerate(scores) if score > 0]
    return sorted(found, key=lambda position: -scores[position])


def _words(text: str) -> list[str]:
    """The stems of the words; `camelCase` and `snake_case` are several."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    words = re.findall(r"[^\W_]+", apart.lower())
    return cast("_Stemmer", EnglishStemmer()).stemWords(words)
