"""What somebody has to be to look after a site."""

from programme.enums import Role
from sites.enums import AssignmentKind

NEEDED_ROLE = {AssignmentKind.STAFF: Role.SITE, AssignmentKind.COACH: Role.COACH}
