"""Whether two playlists list the same segments under the same media sequences: proved, or not believed."""

from collections.abc import Mapping
from datetime import datetime

from mntreamer.domain.segments.past import lines_up
from mntreamer.recorder.past.bundle_fetcher import BundleFetcher, Shown


class SameLine:
    """What equal bytes once proved of an epoch is not asked again."""

    def __init__(self, fetcher: BundleFetcher) -> None:
        self._fetcher = fetcher
        self._proved: set[int] = set()

    def is_proved(self, shown: Shown, other: Shown, dates: Mapping[int, datetime]) -> bool:
        """Whether the `other` is of the line that is `shown`: by its dates, else by the bytes of one segment.

        `dates` are those of what is recorded of it. Raises SourceError and NotFetched where no bytes come.
        """
        is_same = lines_up(dates, other.window)
        if is_same is None and shown.epoch not in self._proved and self._has_equal_bytes(shown, other):
            self._proved.add(shown.epoch)
        return shown.epoch in self._proved if is_same is None else is_same

    def _has_equal_bytes(self, shown: Shown, other: Shown) -> bool:
        """Of the newest segment that both list."""
        ours = {segment.sequence: segment for segment in shown.window.segments}
        theirs = next((s for s in reversed(other.window.segments) if s.sequence in ours), None)
        if theirs is None:
            return False
        return self._fetcher.body(shown, ours[theirs.sequence]) == self._fetcher.body(other, theirs)
