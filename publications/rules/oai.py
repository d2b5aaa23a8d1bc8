"""What a harvester asks by OAI-PMH 2.0, and which questions the protocol refuses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PREFIXES = ("oai_dc", "xMetaDissPlus")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
# For each verb: what it needs, what it may have, what may stand alone instead.
ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str], str]] = {
    "Identify": (frozenset(), frozenset(), ""),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"}), ""),
    "ListSets": (frozenset(), frozenset(), "resumptionToken"),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset(), ""),
    "ListIdentifiers": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set"}),
        "resumptionToken",
    ),
    "ListRecords": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set"}),
        "resumptionToken",
    ),
}


class OaiError(Exception):
    """A refusal of the protocol: its code and a sentence for the harvester's people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Question:
    """A well-formed question; `since` and `until` are moments, both inclusive."""

    verb: str
    arguments: Mapping[str, str]
    since: datetime | None = None
    until: datetime | None = None

    @property
    def prefix(self) -> str:
        return self.arguments.get("metadataPrefix", "")

    @property
    def identifier(self) -> str:
        return self.arguments.get("identifier", "")

    def covers(self, moment: datetime) -> bool:
        """Say whether a record that changed at a moment is asked for; whole seconds count."""
        moment = moment.replace(microsecond=0)
        after = self.since is None or moment >= self.since
        return after and (self.until is None or moment <= self.until)


def question(given: Mapping[str, Sequence[str]]) -> Question:
    """Read the arguments of a request; raises OaiError as the protocol demands."""
    verbs = given.get("verb", [])
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise OaiError("badVerb", "The verb is missing, repeated or unknown.")
    arguments = _arguments(verbs[0], given)
    if verbs[0] == "ListSets" or "set" in arguments:
        raise OaiError("noSetHierarchy", "This repository has no sets.")
    since, until = _span(arguments)
    if arguments.get("metadataPrefix", PREFIXES[0]) not in PREFIXES:
        raise OaiError("cannotDisseminateFormat", f"Known formats: {', '.join(PREFIXES)}.")
    return Question(verbs[0], arguments, since, until)


def _arguments(verb: str, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the arguments beside the verb, if it takes exactly these."""
    arguments = {name: values[0] for name, values in given.items() if name != "verb"}
    needed, allowed, alone = ARGUMENTS[verb]
    if any(len(values) != 1 for values in given.values()):
        raise OaiError("badArgument", "An argument is repeated.")
    if not all(value.isprintable() for value in arguments.values()):
        raise OaiError("badArgument", "An argument holds signs that XML cannot.")
    if alone and set(arguments) == {alone}:
        raise OaiError("badResumptionToken", "All records come in one answer.")
    if missing := sorted(needed - arguments.keys()):
        raise OaiError("badArgument", f"Missing: {', '.join(missing)}.")
    if not arguments.keys() <= needed | allowed:
        raise OaiError("badArgument", f"{verb} does not take one of these arguments.")
    return arguments


def _span(arguments: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    texts = [arguments[name] for name in ("from", "until") if name in arguments]
    if len({len(text) for text in texts}) > 1:
        raise OaiError("badArgument", "from and until differ in granularity.")
    since = _moment(arguments["from"]) if "from" in arguments else None
    until = _moment(arguments["until"], end=True) if "until" in arguments else None
    if since and until and since > until:
        raise OaiError("badArgument", "from is later than until.")
    return since, until


def _moment(text: str, *, end: bool = False) -> datetime:
    """Read a day or a second in UTC; the end of a day is its last second."""
    is_day = DAY.fullmatch(text)
    if not is_day and not SECOND.fullmatch(text):
        raise OaiError(
            "badArgument", "A date is not written as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ."
        )
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise OaiError("badArgument", "A date does not exist.") from None
    return moment + timedelta(days=1, seconds=-1) if end and is_day else moment
