"""Two people change the same record: nothing is overwritten, both versions are shown."""

from typing import Any

from programme.errors import RuleBroken


class NewerVersion(RuleBroken):
    """Somebody else saved the record after it was opened; `current` is what stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__(
            "Jemand anderes hat diese Angaben geändert, während Sie sie bearbeitet haben. Es wurde "
            "nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie dann "
            "noch einmal."
        )
        self.current = current
