"""How hard a German text is to read: reading ease after Flesch, in Amstad's form. A hint only."""

import re
from dataclasses import dataclass

SENTENCE = re.compile(r"[.!?:;…]+(?=\s|$)|\n{2,}")
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+(?:-[A-Za-zÄÖÜäöüß]+)*")
VOWELS = re.compile(r"(?i)(?:äu|eu|ei|ai|au|ie|[aeiouyäöü])")
MARKUP = re.compile(r"\[\^[^\]]+\]:?|\[\[[^\]]*\]\]|[*_#>|`]|^:::.*$|\]\([^)]*\)", re.MULTILINE)
FEWEST_WORDS = 30
HARD = 25
LONGEST_SENTENCE = 35


@dataclass(frozen=True)
class Ease:
    """Words, words a sentence, reading ease (0 very hard to 100 very easy), longest sentence."""

    words: int
    per_sentence: float
    ease: int
    longest: int

    @property
    def is_judged(self) -> bool:
        """Say whether the text is long enough to be judged."""
        return self.words >= FEWEST_WORDS

    @property
    def is_hard(self) -> bool:
        return self.is_judged and (self.ease < HARD or self.longest > LONGEST_SENTENCE)


def ease(text: str) -> Ease:
    """Count words, sentences and syllables; a text without words is easy."""
    plain = MARKUP.sub(" ", text)
    sentences = [WORD.findall(part) for part in SENTENCE.split(plain)]
    lengths = [len(words) for words in sentences if words]
    words = sum(lengths)
    if not words:
        return Ease(0, 0.0, 100, 0)
    syllables = sum(syllables_of(word) for found in sentences for word in found)
    per_sentence = words / len(lengths)
    score = 180 - per_sentence - 58.5 * syllables / words
    return Ease(words, round(per_sentence, 1), max(0, min(100, round(score))), max(lengths))


def syllables_of(word: str) -> int:
    """Count the syllables of a word by its vowels; at least one."""
    return max(1, len(VOWELS.findall(word)))
