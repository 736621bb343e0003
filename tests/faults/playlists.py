"""The text of a source's media playlist (RFC 8216, section 4.3), and what its files are called."""

from collections.abc import Iterator, Sequence

from tests.faults.broadcast import Entry
from tests.faults.takes import SEGMENT_S, Container


def render_playlist(listed: Sequence[Entry], container: Container, *, sequence: int, dated: bool, ended: bool) -> str:
    """`listed` are some; `sequence` is what the playlist says of the first one."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{SEGMENT_S}", f"#EXT-X-MEDIA-SEQUENCE:{sequence}"]
    init = ""
    for entry in listed:
        if container is Container.FMP4 and (entry.tagged or init != init_name(entry)):
            init = init_name(entry)
            lines.append(f'#EXT-X-MAP:URI="{init}"')
        lines.extend(_tags(entry, dated=dated))
        lines.append(segment_name(entry, container))
    lines += ["#EXT-X-ENDLIST"] if ended else []
    return "\n".join(lines) + "\n"


def segment_name(entry: Entry, container: Container) -> str:
    """Encoders that start anew use their names again; what is listed twice has one name."""
    return f"{entry.sequence - entry.stretch.repeated}{container.suffix}"


def init_name(entry: Entry) -> str:
    return f"init-{entry.init}.mp4"


def _tags(entry: Entry, *, dated: bool) -> Iterator[str]:
    if entry.tagged:
        yield "#EXT-X-DISCONTINUITY"
    if dated:
        yield f"#EXT-X-PROGRAM-DATE-TIME:{entry.begins_at.isoformat(timespec='milliseconds')}"
    if entry.stretch.gap:
        yield "#EXT-X-GAP"
    yield f"#EXTINF:{SEGMENT_S:.3f},"
