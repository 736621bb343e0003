"""The time that hangs on the wall where a channel is at home: habits keep to it, also over a change of summer time.

Wall seconds count from Monday, 1970-01-05, 00:00 in a zone. They are for times of the day and the week; where clocks
are set back an hour comes twice.
"""

from datetime import datetime, tzinfo

MINUTE_S = 60.0
HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
WEEK_S = 7 * DAY_S

_MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001 -- of no zone: what the wall shows


def wall_s(moment: datetime, zone: tzinfo) -> float:
    """What the wall shows in that zone at an aware moment, in wall seconds."""
    return (moment.astimezone(zone).replace(tzinfo=None) - _MONDAY).total_seconds()
