"""How many points each reason is worth on a shortlist. docs/roles.md tells them; a score is their sum and nothing else.

What two have in common outweighs how things went: a skill the role asks for counts more than any single circumstance.
"""

from typing import Final

# What the person and the role have in common.

#: They applied for this kind of work before.
FAMILY: Final = 5
#: For each skill of the role that is among theirs.
SKILL: Final = 10
#: They told us of an interest that the role meets.
INTEREST: Final = 6
#: A note on a strength, their background or a wish speaks of what the role is about.
BACKGROUND: Final = 4

# How the role compares with the one they did not get.

LEVEL_UP: Final = 8
#: The same level in the same team, or in one that is not known to be another.
LEVEL_SAME: Final = -3
LEVEL_DOWN: Final = -10
OTHER_TEAM: Final = 3
#: What tipped it last time: the role is about that, too; or it is about something else.
TIPPED_AGAIN: Final = -8
TIPPED_NO_MORE: Final = 4

# How it stands between them and us.

FINALIST: Final = 6
#: Not marked as a finalist, but it is known how far they got.
STAGE: Final = 2
#: The last contact was within so many days.
CONTACT_RECENT: Final = 2
CONTACT_IN_A_YEAR: Final = 1
RECENT_DAYS: Final = 90
YEAR_DAYS: Final = 365
#: They got in touch themselves within a year.
HEARD_FROM: Final = 5
#: We promised to write when such a role opens; or promised something, and it may be meant.
PROMISE: Final = 8
PROMISE_PERHAPS: Final = 3
TOLD_PERSONALLY: Final = 2
NEVER_TOLD: Final = -2

#: As much as words can add that are read one by one; everything else the database counts for everybody at once.
WORDS_AT_MOST: Final = BACKGROUND
