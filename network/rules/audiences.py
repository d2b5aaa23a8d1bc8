"""Who may read what of a meeting: each audience also reads what wider ones may."""

from network.enums import Audience

FROM_FEW_TO_ALL = (Audience.TEAM, Audience.PARTICIPANTS, Audience.OFFICES, Audience.PUBLIC)


def readable_by(audience: Audience) -> frozenset[Audience]:
    """Return the audiences whose records a reader of this audience may see.

    The team sees everything, the public only what is meant for everybody.
    """
    return frozenset(FROM_FEW_TO_ALL[FROM_FEW_TO_ALL.index(audience) :])
