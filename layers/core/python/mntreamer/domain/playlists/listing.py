"""What a source playlist lists as it grows: each entry is put into text once, however often the whole is written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mntreamer.domain.playlists.source_playlist import (
    ENDLIST,
    Segment,
    SegmentName,
    SourcePlaylist,
    follows,
    render_entry,
    render_head,
)


class Listing:
    """The state of a `SourcePlaylist` that is added to at its end; what is listed stays as it is."""

    def __init__(self, playlist: SourcePlaylist | None = None) -> None:
        self.ended = bool(playlist and playlist.ended)
        self._target_duration_s = playlist.target_duration_s if playlist else 1
        self._segments: list[Segment] = []
        self._entries = bytearray()
        for segment in playlist.segments if playlist else ():
            self._add(segment)

    @property
    def segments(self) -> Sequence[Segment]:
        """The same object for as long as the listing lives: it grows with it."""
        return self._segments

    @property
    def last(self) -> SegmentName | None:
        """The last segment that is listed."""
        return self._segments[-1].name if self._segments else None

    @property
    def playlist(self) -> SourcePlaylist | None:
        """As it is now; None while nothing is listed."""
        if not self._segments:
            return None
        return SourcePlaylist(self._target_duration_s, tuple(self._segments), self.ended)

    @property
    def body(self) -> bytes:
        """The text of `source.m3u8`, as `render_source` has it."""
        end = ENDLIST if self.ended else ""
        return b"".join([render_head(self._target_duration_s).encode(), self._entries, end.encode()])

    def append(self, more: Iterable[Segment], target_duration_s: int) -> None:
        """List what of `more` lies behind the last entry.

        An entry becomes discontinuous where source segments are missing before it. The target duration is for a
        playlist that begins here; it is raised where a segment lasts longer (RFC 8216, section 4.3.3.1).
        """
        if not self._segments:
            self._target_duration_s = max(1, target_duration_s)
        for segment in more:
            last = self.last
            if last is None or (segment.name.epoch, segment.name.first) > (last.epoch, last.last):
                broken = segment.discontinuity or (last is not None and not follows(last, segment.name))
                self._add(replace(segment, discontinuity=broken))
                self._target_duration_s = max(self._target_duration_s, int(segment.duration_s + 0.5))

    def merged_into(self, theirs: SourcePlaylist | None) -> "Listing":
        """What others have listed meanwhile, and behind that what of this they have not."""
        merged = Listing(theirs)
        merged.append(self._segments, self._target_duration_s)
        merged.ended = self.ended
        return merged

    def rearranged(self, segments: Sequence[Segment]) -> "Listing":
        """One that lists these. The target duration is raised where one lasts longer."""
        longest_s = max(int(segment.duration_s + 0.5) for segment in segments)
        target_duration_s = max(self._target_duration_s, longest_s)
        return Listing(SourcePlaylist(target_duration_s, tuple(segments), self.ended))

    def _add(self, segment: Segment) -> None:
        self._segments.append(segment)
        self._entries += render_entry(segment).encode()
