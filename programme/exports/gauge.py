"""The gauge of advances as places on a bar; the template only draws."""

from dataclasses import dataclass
from decimal import Decimal

from programme.queries.deadlines import AdvanceGauge
from programme.rules.money import percent

WIDTH = 560
TONES = {"free": "success", "close": "warning", "reached": "danger"}
WORDS = {
    "free": "unter der Vorwarnung",
    "close": "Vorwarnung erreicht",
    "reached": "Obergrenze erreicht",
}


@dataclass(frozen=True)
class GaugeBar:
    """A bar as wide as the grant with a mark for the warning and one for the cap."""

    filled: int
    warning_at: int
    cap_at: int
    share: str
    warning: str
    cap: str
    tone: str
    word: str
    width: int = WIDTH


def gauge_bar(gauge: AdvanceGauge) -> GaugeBar:
    """Return where on the bar the advances end and where warning and cap stand."""
    share = min(gauge.share, Decimal(1))
    return GaugeBar(
        filled=int(share * WIDTH),
        warning_at=int(gauge.warning * WIDTH),
        cap_at=int(gauge.cap * WIDTH),
        share=percent(gauge.share.quantize(Decimal("0.001"))),
        warning=percent(gauge.warning),
        cap=percent(gauge.cap),
        tone=TONES[gauge.state],
        word=WORDS[gauge.state],
    )
