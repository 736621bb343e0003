"""A broadcast in real time: which segments its playlist lists at which moment (RFC 8216)."""

from dataclasses import dataclass
from datetime import UTC, datetime

WINDOW = 15


@dataclass(frozen=True, slots=True)
class Broadcast:
    """On air for ever. `origin_s` is when segment 0 was complete, and so listed, in Unix time.

    `window` is how many segments are listed.
    """

    origin_s: float
    segment_s: float
    window: int = WINDOW

    def listed_at_s(self, sequence: int) -> float:
        """The moment from which a look at the playlist shows the segment, in Unix time."""
        return self.origin_s + sequence * self.segment_s

    def window_at(self, now_s: float) -> range:
        """The sequences that are listed then."""
        newest = int((now_s - self.origin_s) // self.segment_s)
        return range(max(0, newest - self.window + 1), newest + 1)

    def kept_at(self, now_s: float) -> range:
        """The sequences that can be fetched: one that has left the playlist stays for as long (section 6.2.2)."""
        window = self.window_at(now_s)
        return range(max(0, window.start - self.window - 1), window.stop)

    def playlist_at(self, now_s: float) -> str:
        """As CHZZK's: fragments of MP4, each with its date."""
        window = self.window_at(now_s)
        head = ("#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{self.segment_s:.0f}")
        body = (line for sequence in window for line in self._entry(sequence))
        return "\n".join([*head, f"#EXT-X-MEDIA-SEQUENCE:{window.start}", '#EXT-X-MAP:URI="init.mp4"', *body, ""])

    def _entry(self, sequence: int) -> tuple[str, str, str]:
        begin = datetime.fromtimestamp(self.listed_at_s(sequence - 1), UTC).isoformat(timespec="milliseconds")
        return f"#EXT-X-PROGRAM-DATE-TIME:{begin}", f"#EXTINF:{self.segment_s:.3f},", f"{sequence}.m4s"
