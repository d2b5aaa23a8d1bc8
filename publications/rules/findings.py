"""What a check of the manuscript found, and where it is mended."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One problem: what, in which chapter, where to mend it; a hint does not stop an edition."""

    text: str
    where: str = ""
    url: str = ""
    link: str = ""
    is_blocker: bool = True


@dataclass(frozen=True)
class Check:
    """One thing that is looked at, with everything found; `note` says what was looked at."""

    title: str
    note: str
    findings: tuple[Finding, ...]

    @property
    def blockers(self) -> tuple[Finding, ...]:
        return tuple(row for row in self.findings if row.is_blocker)

    @property
    def hints(self) -> tuple[Finding, ...]:
        return tuple(row for row in self.findings if not row.is_blocker)
