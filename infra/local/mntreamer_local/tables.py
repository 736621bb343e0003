"""Answers as tables for people: as wide as the terminal, and as wide as they are where there is none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mntreamer.domain.media_path import PUBLISHED_PLAYLIST
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.domain.times import from_iso, seconds, to_iso
from mntreamer_local.one_line import one_line

_WITHOUT_TERMINAL = 10_000  # columns; nothing is cut
_GAP = "  "
_CUT_FIRST = ("title", "channel")
_STILL_READABLE = 10  # columns
_GIGABYTE = 1e9
_MINUTE_S = 60.0
# Shown where anybody has one, under these titles.
_OWN_SETTINGS = {"priority": "priority", "max_height": "max height"}
_MEASURED = {"detection": "a stream is seen", "start": "its first segment is stored"}
_STATES = {
    RecordingStatus.RECORDING: "recording",
    RecordingStatus.IDLE: "to refine",
    RecordingStatus.DONE: "done",
    RecordingStatus.TERMINATED: "deleted",
    RecordingStatus.FAILED: "failed",
}


def show_streamers(streamers: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """The table, and below it what is wrong with whom. Times are in the zone of `now`."""
    console = _console()
    if not streamers:
        console.print("nobody is watched yet: mntreamer add chzzk NAME")
        return
    own = {name: title for name, title in _OWN_SETTINGS.items() if any(streamer[name] for streamer in streamers)}
    titles = ("channel", "status", "next check", "misses", "recorded", *own.values(), "channel id")
    _show(console, *_lines(console.width, titles, [_streamer(streamer, own, now) for streamer in streamers]))
    for streamer in streamers:
        if streamer["problem"]:
            _show(console, Text(one_line(f"{streamer['channel_name']}: {streamer['problem']}")))


def show_recordings(recordings: Sequence[Mapping[str, Any]], data: Path, now: datetime) -> None:
    """The table; below each recording its playlist, a file below `data`. Times are in the zone of `now`."""
    console = _console()
    if not recordings:
        console.print("nothing is recorded yet: it begins when somebody in 'mntreamer list' goes live")
        return
    titles = ("channel", "title", "state", "started", "length", "size", "kept", "lost")
    heading, *lines = _lines(console.width, titles, [_recording(recording, now) for recording in recordings])
    _show(console, heading)
    for line, recording in zip(lines, recordings, strict=True):
        _show(console, line)
        if recording["segments"]:
            _show(console, Text(one_line(f"  {data / recording['prefix'] / PUBLISHED_PLAYLIST}")))


def show_health(health: Mapping[str, Any], now: datetime) -> None:
    """Whether all is well, and what is not; below it each platform's last tick. Times are in the zone of `now`."""
    console = _console()
    _show(console, Text(f"{health['status']}; {health['recording']} being recorded"))
    _show(console, *(Text(one_line(f"  {problem}")) for problem in health["problems"]))
    titles = ("platform", "last tick", "due", "asked", "live", "errors", "left", "breaker")
    _show(console, *_lines(console.width, titles, [_platform(platform, now) for platform in health["platforms"]]))
    for what, happens in _MEASURED.items():
        if health["delays"][what]["count"]:
            _show(console, Text(f"{happens} {_delays(health['delays'][what])}"))


def _streamer(streamer: Mapping[str, Any], own_settings: Iterable[str], now: datetime) -> tuple[str, ...]:
    is_looked_at = streamer["check_at"] and (streamer["recording_id"] or not streamer["paused"])
    return (
        streamer["channel_name"],
        _status(streamer),
        moment(streamer["check_at"], now) if is_looked_at else "",
        str(streamer["miss_count"]),
        str(streamer["recorded"]),
        *("" if streamer[name] is None else str(streamer[name]) for name in own_settings),
        streamer["channel_id"],
    )


def _status(streamer: Mapping[str, Any]) -> str:
    if streamer["recording_id"]:
        return _stage(streamer) + (", then paused" if streamer["paused"] else "")
    if streamer["paused"]:
        return "paused"
    if streamer["status"] == StreamerStatus.PROCESS:
        return "being checked"
    if streamer["error_count"] and streamer["problem"]:
        return "check failed"
    return "not recorded" if streamer["is_streaming"] else "offline"


def _stage(streamer: Mapping[str, Any]) -> str:
    """How far the recording is that is not closed yet."""
    if streamer["status"] == StreamerStatus.RECORDING:
        return "recording"
    return "starting to record" if streamer["is_streaming"] else "just ended"


def _recording(recording: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    return (
        recording["channel_name"],
        recording["title"],
        _STATES[RecordingStatus(recording["status"])],
        moment(recording["started_at"], now),
        _length(recording["duration_s"]),
        _size(recording["size_bytes"]),
        _kept(recording["coverage"]),
        _lost(recording["gap_s"], recording["gaps"]),
    )


def _platform(platform: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    tick, breaker = platform["tick"], platform["breaker"]["state"].replace("_", " ")
    if tick is None:
        return platform["platform"], "never", "", "", "", "", "", breaker
    counts = (str(tick[name]) for name in ("due", "probed", "live", "errors", "left"))
    return platform["platform"], moment(_end(tick), now), *counts, breaker


def _end(tick: Mapping[str, Any]) -> str:
    return to_iso(from_iso(tick["began_at"]) + seconds(tick["duration_s"]))


def _delays(delays: Mapping[str, Any]) -> str:
    mean, p95, longest = (f"{delays[name]:.0f} s" for name in ("mean_s", "p95_s", "max_s"))
    return f"{mean} after its begin on average of {delays['count']}, 95 % within {p95}, all within {longest}"


def moment(iso: str, now: datetime) -> str:
    """The time of day in the zone of `now`, with its date where that is another one."""
    then = datetime.fromisoformat(iso).astimezone(now.tzinfo)
    return then.strftime("%H:%M:%S" if then.date() == now.date() else "%Y-%m-%d %H:%M:%S")


def _length(duration_s: float) -> str:
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / _GIGABYTE:.2f} GB" if size_bytes >= _GIGABYTE else f"{size_bytes / 1e6:.1f} MB"


def _kept(coverage: float | None) -> str:
    """Rounded down: 100 % is all of it."""
    return "" if coverage is None else f"{round(coverage * 1_000_000) // 100 / 100:g} %"


def _lost(gap_s: float, gaps: int) -> str:
    if not gaps:
        return ""
    lasting = f"{gap_s:.0f} s" if gap_s < _MINUTE_S else _length(gap_s)
    return f"{lasting} in {gaps} gap{'s' if gaps > 1 else ''}"


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WITHOUT_TERMINAL)


def _show(console: Console, *lines: Text) -> None:
    for line in lines:
        console.print(line, soft_wrap=True)


def _lines(width: int, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Text]:
    """A line for the titles and one for each row; where they are too wide, texts that can be long are cut."""
    cells = [titles, *([one_line(cell) for cell in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for title in _CUT_FIRST:
        if title in titles:
            excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
            column = titles.index(title)
            widths[column] = min(widths[column], max(widths[column] - excess, _STILL_READABLE))
    return [_line(row, widths) for row in cells]


def _line(row: Iterable[str], widths: Iterable[int]) -> Text:
    cells = [Text(cell) for cell in row]
    for cell, width in zip(cells, widths, strict=True):
        cell.truncate(width, overflow="ellipsis", pad=True)
    line = Text(_GAP).join(cells)
    line.rstrip()
    return line
