"""How many copies of which titles a text asks for, in figures or in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from publications.rules.mail_findings import Found

ONES = {
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "eines": 1, "eins": 1, "einer": 1, "zwei": 2,
    "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "one": 1, "two": 2,
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
FOLDS = {"einfach": 1, "zweifach": 2, "doppelt": 2, "dreifach": 3, "vierfach": 4, "fünffach": 5,
         "sechsfach": 6, "zehnfach": 10}  # fmt: skip
COPIES = (
    r"(?:[\w-]*exemplar(?:e|en|s)?|expl?\.?|stück|stk\.?|st\.|hefte?|ausgaben?|bücher|buch|"
    r"[\w-]*b(?:u|ü)ch(?:er|s|es)|broschüren?|kopien|drucke?|bände?|[\w-]*berichte?[ns]?|fassungen|faltbl[äa]tt\w*|flyer|"
    r"drucksachen|druckstücken?|publikation(?:en)?|copies|copy|mal|x)"
)
MOST_COPIES = 99_999
WORD = re.compile(r"[\w]+(?:[-.][\w]+)*", re.UNICODE)
# A compound is tried once, from its first letter: from each of its hyphens would cost its square.
GENERIC = re.compile(
    r"(?:(?<![\w-])[\w-]*(?:bericht|broschüre|publikation|dokumentation|druckschrift|"
    r"veröffentlichung|exemplar|druckfassung|printfassung|printausgabe|"
    r"druckversion|printversion|druckausgabe)"
    r"(?:e|en|es|s|n)?|\b(?:heft(?:e|es)?|faltbl[äa]tt\w*|report|brochure|cop(?:y|ies)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Title:
    """A title that can be ordered: its key and how it is called."""

    key: str
    title: str


@dataclass(frozen=True)
class Mention:
    """A title named in a text, from sign to sign."""

    start: int
    end: int
    key: str
    words: int
    share: float


@dataclass(frozen=True)
class Amount:
    """A number of copies in a text; `is_each` says that it goes for every title."""

    start: int
    end: int
    copies: int
    is_each: bool
    is_labelled: bool = False


@dataclass(frozen=True)
class Wanted:
    """One line of the draft: which title, how many."""

    key: str
    copies: int
    title_found: Found
    copies_found: Found


def number(text: str) -> int | None:
    """Return the number a figure or a German or English number word means, or None."""
    text = text.lower().strip(". ")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d{1,6}", text):
        return int(text.replace(".", ""))
    if text in ONES or text in TENS:
        return ONES.get(text) or TENS[text]
    if re.fullmatch(r"(?:ein)?hundert", text):
        return 100
    compound = re.fullmatch(r"(ein|[a-zäöüß]+)(und|hundert)([a-zäöüß]+)", text)
    if not compound:
        return None
    first, link, second = compound.groups()
    if link == "und" and first in ONES and second in TENS:
        return ONES[first] + TENS[second]
    rest = number(second) if link == "hundert" else None
    return ONES[first] * 100 + rest if first in ONES and rest else None


NUMBER_WORD = (
    r"(?:\d{1,3}(?:\.\d{3})+|\d{1,6}|(?:ein)?hundert|(?:[a-zäöüß]{3,6}und)?"
    r"(?:zwanzig|drei(?:ß|ss)ig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)|"
    + "|".join(sorted((re.escape(word) for word in ONES), key=len, reverse=True))
    + ")"
)
EACH = r"(?P<each>je(?:weils)?\s+)?"
AFTER_NUMBER = r"(?:[^\S\n]*\([^()\n]{1,30}\))?"
BEFORE_COPIES = r"(?:[^\S\n]*[-–]?[^\S\n]*(?!und\b|oder\b)[\wäöüß]{3,16}(?:en|e|er|es|r|m)?)"
SHAPES = (
    re.compile(r"(?P<half>halbe[sn]?\s+)?(?P<number>dutzend)\b", re.IGNORECASE),
    re.compile(
        r"(?:anzahl|stückzahl|menge|exemplare|stück|quantity)[^\S\n]*(?:\w+[^\S\n]+){0,2}"
        rf"[:=\t][^\S\n]*{EACH}(?P<labelled>{NUMBER_WORD})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.,/§-]){EACH}(?P<number>{NUMBER_WORD}){AFTER_NUMBER}"
        rf"(?:[^\S\n]*{COPIES}|{BEFORE_COPIES}{{1,2}}[^\S\n]+{COPIES}|[^\S\n]*[x×])(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<each>je(?:weils)?\s+)(?P<number>{NUMBER_WORD})(?![\w.])", re.IGNORECASE),
    re.compile(
        rf"\bvon (?P<each>(?:jede[mrn]|beiden|allen|diesen)\b[^\d\n,.]{{0,30}}?)\b"
        rf"(?P<number>{NUMBER_WORD})\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<number>(?:{'|'.join(FOLDS)}))(?:e[rn]?)?\s+ausf", re.IGNORECASE),
    re.compile(r"(?<![\w.,/-])(?P<number>\d{1,3})-?fach(?:er|e)?\b", re.IGNORECASE),
    re.compile(r"\(\s*(?P<number>\d{1,4})\s*(?:x|×|mal)?\s*\)", re.IGNORECASE),
    re.compile(r"[:\t–-][^\S\n]*(?P<number>\d{1,4})[^\S\n]*$", re.IGNORECASE | re.MULTILINE),
    re.compile(
        r"^[^\S\n]*[-*•]?[^\S\n]*(?P<number>\d{1,4})\b(?![.,:/]?\d|\.[^\S\n])", re.MULTILINE
    ),
)
BEFORE_TITLE = re.compile(
    rf"(?<![\w.,/§-])(?P<number>{NUMBER_WORD})[^\S\n]+(?:[\wäöüß]+[^\S\n]+){{0,2}}[\"„“»]?$",
    re.IGNORECASE,
)
NOT_COPIES = re.compile(
    r"tel|fax|mobil|plz|postleitzahl|seite|s\.|nr\.?|nummer|zimmer|raum|az|aktenzeichen|hausnr|"
    r"jahrgang|isbn|stand|§|kundennummer|datum|jahre?[ns]?",
    re.IGNORECASE,
)


def amounts(text: str) -> list[Amount]:
    """Return the numbers of copies in a text, in their order."""
    found: list[Amount] = []
    for shape in SHAPES:
        for hit in shape.finditer(text):
            groups = hit.groupdict()
            labelled = groups.get("labelled")
            word = labelled or groups.get("number") or ""
            copies = _value(word, is_half=bool(groups.get("half")))
            overlaps = any(hit.start() < old.end and old.start < hit.end() for old in found)
            if not copies or copies > MOST_COPIES or overlaps or _is_other(text, hit.start()):
                continue
            is_each = bool(groups.get("each"))
            found.append(Amount(hit.start(), hit.end(), copies, is_each, bool(labelled)))
    return sorted(found, key=lambda each: each.start)


def just_before(text: str, start: int) -> Amount | None:
    """Return the number that stands before a title in its line, with a word or two between."""
    hit = BEFORE_TITLE.search(text[max(start - 60, 0) : start])
    copies = number(hit["number"]) if hit else None
    if hit is None or not copies or _is_other(text, start - len(hit.group())):
        return None
    return Amount(start - len(hit.group()), start, copies, is_each=False)


def _value(word: str, *, is_half: bool) -> int:
    if word.lower() == "dutzend":
        return 6 if is_half else 12
    return FOLDS.get(word.lower()) or number(word) or 0


def _is_other(text: str, start: int) -> bool:
    """Say whether the words before belong to a telephone number, a page or the like."""
    before = re.split(r"[\n,;]", text[max(start - 24, 0) : start + 1])[-1].split(" ")
    return any(NOT_COPIES.fullmatch(word.strip(" .:()")) for word in before[-4:] if word)


def folded(word: str) -> str:
    """Return a word as it is compared: small, ß as ss, without hyphens and German endings."""
    word = re.sub(r"[-.]", "", word.casefold())
    return re.sub(r"(?<=\w{5})(?:en|es|er|e|s|n)$", "", word)


def _significant(title: str) -> list[str]:
    words = [folded(word) for word in WORD.findall(title)]
    return [word for word in words if len(word) > 3 or word.isdigit()] or words


@lru_cache(maxsize=4096)
def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    lengths = sorted((len(word), len(other)))
    if lengths[0] < 6 or lengths[1] - lengths[0] > 3 or word.isdigit():
        return False
    return SequenceMatcher(None, word, other).ratio() >= 0.86


def mentions(text: str, titles: Sequence[Title]) -> list[Mention]:
    """Return where known titles are named; of two that overlap the one that explains more."""
    tokens = [(hit.start(), hit.end(), folded(hit.group())) for hit in WORD.finditer(text)]
    tokens = list(_joined(tokens))
    found = [each for title in titles for each in _of(title, tokens)]
    found.sort(key=lambda each: (-each.words, -each.share, each.start))
    kept: list[Mention] = []
    for each in found:
        if not any(each.start < old.end and old.start < each.end for old in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _joined(tokens: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the words; a bare year counts, other figures belong to the amounts."""
    for start, end, word in tokens:
        if not word.isdigit() or len(word) == 4:
            yield start, end, word


def _of(title: Title, tokens: list[tuple[int, int, str]]) -> Iterator[Mention]:
    wanted = _significant(title.title)
    main = _significant(title.title.split(":")[0])
    reach = len(wanted) + 4
    for place, (start, _, word) in enumerate(tokens):
        if not any(_same(word, each) for each in wanted):
            continue
        window = tokens[place : place + reach]
        hits = {each: token for each in wanted for token in window[::-1] if _same(token[2], each)}
        ends = [token[1] for token in hits.values()]
        if any(_same(token[2], word) and token[1] < max(ends, default=0) for token in window[1:]):
            continue  # the same word comes again, nearer to the others
        share = sum(map(len, hits)) / sum(map(len, wanted))
        share = max(share, 0.9 if all(each in hits for each in main) else 0)
        if share >= 0.6:
            yield Mention(start, max(ends), title.key, len(hits), share)
