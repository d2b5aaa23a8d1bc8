"""Puts titles and numbers of copies together to the lines of an order."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from publications.rules.mail_findings import Found, Sureness
from publications.rules.mail_numbers import (
    GENERIC,
    Amount,
    Mention,
    Title,
    Wanted,
    amounts,
    just_before,
    mentions,
)

ONE_ASSUMED = Found("1", "keine Anzahl genannt, also ein Exemplar", Sureness.UNSURE)
MOST_WORDS_SHOWN, MOST_OTHERS = 60, 5
WORKS = r"(?:broschüren|publikationen|titeln?|veröffentlichungen|(?:druck)?schriften|heften?)\b"
# "alle Titel: …" announces a list, so that the titles follow.
OTHERS = re.compile(
    r"\b(?:die|der|den|ihre[nr]?|alle[nr]?|sämtliche[nr]?)\s+(?:[\wäöüß]+\s+)?"
    rf"(?:anderen?|übrigen?|restlichen?|weiteren?|sonstigen?)\s+(?:[\wäöüß]+\s+)?{WORKS}|"
    rf"\b(?:alle[nr]?|sämtliche[nr]?)\s+(?:ihre[nr]?\s+)?{WORKS}(?![^.\n]{{0,40}}:)",
    re.IGNORECASE,
)
NOT_WANTED = re.compile(r"\b(?:kein\w*|nicht|schon|bereits)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÄÖÜ])|\n\s*\n")


def wanted(*, subject: str, text: str, titles: Sequence[Title]) -> list[Wanted]:
    """Return titles with numbers of copies; the subject helps where the text leaves it open.

    A text that names no title but copies means the only title there is; of several none is
    chosen (empty key), a person does that.
    """
    numbers = amounts(text)
    named = mentions(text, titles)
    where = "im Text"
    if not named:
        named_in_subject = mentions(subject, titles)
        if named_in_subject:
            numbers = numbers or amounts(subject)
            return _by_subject(named_in_subject, numbers, subject)
        return _unnamed(numbers or amounts(subject), text, titles)
    lines = _paired(text, named, numbers, where)
    if len(lines) == 1 and lines[0].copies_found is ONE_ASSUMED:
        in_subject = amounts(subject)
        if in_subject:
            lines = [_with(lines[0], in_subject[0], "im Betreff")]
    if len(lines) < len(titles):
        lines += _others(text, named, numbers)
    return lines


def _others(text: str, named: list[Mention], numbers: list[Amount]) -> Iterator[Wanted]:
    """Yield a line without a title for each "die anderen Broschüren" beside titles or numbers.

    Which titles are meant depends on what can be ordered then, so a person chooses.
    """
    for hit in islice(OTHERS.finditer(text), MOST_OTHERS):
        first, last = _sentence(text, hit.start())
        starts = [each.start for each in named]
        is_beside = any(first <= each < last for each in starts) or any(
            first <= each.start < last for each in numbers
        )
        if not is_beside or NOT_WANTED.search(text, first, last):
            continue
        title = Found("", f"im Text: „{_shown(hit.group())}“", Sureness.UNSURE)
        line = Wanted("", 1, title, ONE_ASSUMED)
        since = max((each for each in starts if each < hit.start()), default=first)
        ahead = [each for each in numbers if max(since, first) <= each.start < hit.start()]
        behind = [each for each in numbers if hit.end() <= each.start < last and each.is_each]
        for amount in [*ahead[-1:], *behind][:1]:
            shown = _shown(text[amount.start : amount.end])
            line = _with(line, amount, f"im Text: „{shown}“")
        yield line


def _sentence(text: str, place: int) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends."""
    ends = [end.end() for end in SENTENCE_END.finditer(text)]
    first = max((end for end in ends if end <= place), default=0)
    return first, min((end for end in ends if end > place), default=len(text))


def _by_subject(named: list[Mention], numbers: list[Amount], subject: str) -> list[Wanted]:
    lines = []
    for place, each in enumerate(_distinct(named)):
        amount = numbers[min(place, len(numbers) - 1)] if numbers else None
        title = Found(each.key, f"im Betreff: „{_shown(subject)}“", Sureness.LIKELY)
        line = Wanted(each.key, 1, title, ONE_ASSUMED)
        lines.append(_with(line, amount, "im Text") if amount else line)
    return lines


def _unnamed(numbers: list[Amount], text: str, titles: Sequence[Title]) -> list[Wanted]:
    only = titles[0].key if len(titles) == 1 else ""
    hint = GENERIC.search(text)
    said = f"im Text: „{hint.group()}“" if hint else "kein Titel genannt"
    line = Wanted(only, 1, Found(only, said, Sureness.UNSURE), ONE_ASSUMED)
    return [_with(line, numbers[0], "im Text") if numbers else line]


def _paired(text: str, named: list[Mention], numbers: list[Amount], where: str) -> list[Wanted]:
    """Give each title its number: "je 2" goes for all, else the one nearest before or after."""
    each = next((amount for amount in numbers if amount.is_each), None)
    free = [amount for amount in numbers if not amount.is_each]
    best: dict[str, Wanted] = {}
    for place, mention in enumerate(named):
        before = named[place - 1].end if place else 0
        after = named[place + 1].start if place + 1 < len(named) else len(text)
        amount = _nearest(mention, free, before, after, text)
        if amount:
            free.remove(amount)
        amount = amount or (None if each else just_before(text, mention.start))
        is_each = amount is None and each is not None
        amount = amount or each
        shown = _shown(text[mention.start : mention.end])
        sureness = Sureness.SURE if mention.share >= 0.95 else Sureness.LIKELY
        line = Wanted(
            mention.key, 1, Found(mention.key, f"{where}: „{shown}“", sureness), ONE_ASSUMED
        )
        if amount:
            how = "im Text (je Titel)" if is_each else "im Text"
            line = _with(line, amount, f"{how}: „{_shown(text[amount.start : amount.end])}“")
        known = best.get(mention.key)
        if known is None or (known.copies_found is ONE_ASSUMED and amount and not is_each):
            best[mention.key] = line
    return _with_lonely_number(list(best.values()), free, text)


def _with_lonely_number(lines: list[Wanted], free: list[Amount], text: str) -> list[Wanted]:
    """Give the only title a number that stands further away."""
    if len(lines) == 1 and lines[0].copies_found is ONE_ASSUMED and free:
        near = free[0]
        return [_with(lines[0], near, f"im Text: „{_shown(text[near.start : near.end])}“")]
    return lines


def _nearest(
    mention: Mention, free: list[Amount], before: int, after: int, text: str
) -> Amount | None:
    """Return the number in the line of the title, before or after it, else the one before it."""
    ahead = [each for each in free if before <= each.start and each.start < mention.end]
    behind = [each for each in free if mention.start < each.start and each.end <= after]
    for group in (ahead[::-1], behind):
        for each in group:
            first, last = sorted((each.start, mention.start))
            if "\n" not in text[first:last].strip():
                return each
    return ahead[-1] if ahead else (behind[0] if behind and behind[0].is_labelled else None)


def _distinct(named: list[Mention]) -> list[Mention]:
    return list({each.key: each for each in named}.values())


def _with(line: Wanted, amount: Amount, where: str) -> Wanted:
    sureness = Sureness.SURE if amount.is_labelled else Sureness.LIKELY
    found = Found(str(amount.copies), where, sureness)
    return Wanted(line.key, amount.copies, line.title_found, found)


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_WORDS_SHOWN else f"{text[: MOST_WORDS_SHOWN - 1]}…"
