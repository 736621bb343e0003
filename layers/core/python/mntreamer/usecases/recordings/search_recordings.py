"""Recordings are listed and looked for, a page at a time, the newest first."""

from collections.abc import Sequence

from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.recordings.recording_order import Place, place_of
from mntreamer.domain.recordings.search import Search
from mntreamer.ports import Ports

# No index knows words, so they are looked for in rows; so many are a page of what DynamoDB answers.
MOST_LOOKED_AT = 1000


def search_recordings(
    ports: Ports, statuses: Sequence[RecordingStatus], search: Search, limit: int, behind: Place | None
) -> tuple[list[Recording], Place | None]:
    """So many of those in these states at the most, and behind which place there may be more; None at the end.

    Where only some are meant, MOST_LOOKED_AT are looked at: there may be fewer than `limit`, or none, and yet more.
    """
    many = limit + 1 if search.is_everything else max(MOST_LOOKED_AT, limit + 1)
    looked_at = ports.recordings.newest(statuses, many, behind)
    found = [recording for recording in looked_at if search.fits(recording)]
    if len(found) > limit:
        return found[:limit], place_of(found[limit - 1])
    return found, place_of(looked_at[-1]) if len(looked_at) == many else None
