"""What can go wrong on purpose at a site."""

from programme.errors import RuleBroken
from sites.models import Measure


class EditClash(RuleBroken):
    """Somebody else saved the measure after it was opened; `current` is what stands now."""

    def __init__(self, current: Measure) -> None:
        super().__init__(
            "Jemand anderes hat diese Maßnahme geändert, während Sie sie bearbeitet haben. Es "
            "wurde nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie "
            "dann noch einmal."
        )
        self.current = current
