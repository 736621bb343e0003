"""An ended playlist as it was while it grew: players that are at it know nothing of what was fetched behind them."""

import re

from mntreamer.domain.playlists.source_playlist import BACKFILLED

_ENTRY = re.compile(r"(?:#.*\n)*[^#\n].*\n")
_DISCONTINUITY = "#EXT-X-DISCONTINUITY\n"


def as_it_grew(entries: str) -> str:
    """These entries without those that were backfilled (RFC 8216, section 6.2.1: what grows is only appended to).

    Where they lay between two others there was a hole, and the first entry of all begins nothing anew.
    """
    if BACKFILLED not in entries:
        return entries
    kept: list[str] = []
    is_behind = False
    for entry in _ENTRY.findall(entries):
        if BACKFILLED not in entry:
            kept.append(_mended(entry, is_first=not kept) if is_behind else entry)
        is_behind = BACKFILLED in entry
    return "".join(kept)


def _mended(entry: str, *, is_first: bool) -> str:
    plain = entry.replace(_DISCONTINUITY, "")
    return plain if is_first else _DISCONTINUITY + plain
