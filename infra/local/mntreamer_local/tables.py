"""Answers as tables for people: as wide as the terminal, and as wide as they are where there is none."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mntreamer.domain.media_path import PUBLISHED_PLAYLIST
from mntreamer.domain.recording import RecordingStatus
from mntreamer.domain.streamer import StreamerStatus

_WITHOUT_TERMINAL = 10_000  # columns; nothing is cut
_GIGABYTE = 1e9
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
    titles = ("channel", "status", "next check", "misses", "recorded", "channel id")
    for line in _lines(console, titles, [_streamer(streamer, now) for streamer in streamers]):
        console.print(line)
    for streamer in streamers:
        if streamer["problem"]:
            console.print(_text(f"{streamer['channel_name']}: {streamer['problem']}"))


def show_recordings(recordings: Sequence[Mapping[str, Any]], data: Path, now: datetime) -> None:
    """The table; below each recording its playlist, a file below `data`. Times are in the zone of `now`."""
    console = _console()
    if not recordings:
        console.print("nothing is recorded yet: it begins when somebody in 'mntreamer list' goes live")
        return
    titles = ("channel", "title", "state", "started", "length", "size", "lost")
    heading, *lines = _lines(console, titles, [_recording(recording, now) for recording in recordings])
    console.print(heading)
    for line, recording in zip(lines, recordings, strict=True):
        console.print(line)
        if recording["segments"]:
            console.print(_text(f"  {data / recording['prefix'] / PUBLISHED_PLAYLIST}"), soft_wrap=True)


def _streamer(streamer: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    return (
        streamer["channel_name"],
        _status(streamer),
        "" if streamer["paused"] else _moment(streamer["check_at"], now),
        str(streamer["miss_count"]),
        str(streamer["recorded"]),
        streamer["channel_id"],
    )


def _status(streamer: Mapping[str, Any]) -> str:
    if streamer["paused"]:
        return "paused"
    if streamer["recording_id"]:
        return "recording"
    if streamer["status"] == StreamerStatus.PROCESS:
        return "being checked"
    return "live, not recorded" if streamer["is_streaming"] else "offline"


def _recording(recording: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    return (
        recording["channel_name"],
        recording["title"],
        _STATES[RecordingStatus(recording["status"])],
        _moment(recording["started_at"], now),
        _length(recording["duration_s"]),
        _size(recording["size_bytes"]),
        _lost(recording["lost_segments"]),
    )


def _moment(iso: str, now: datetime) -> str:
    moment = datetime.fromisoformat(iso).astimezone(now.tzinfo)
    return moment.strftime("%H:%M:%S" if moment.date() == now.date() else "%Y-%m-%d %H:%M:%S")


def _length(duration_s: float) -> str:
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / _GIGABYTE:.2f} GB" if size_bytes >= _GIGABYTE else f"{size_bytes / 1e6:.1f} MB"


def _lost(segments: int) -> str:
    return "" if not segments else f"{segments} segment{'s' if segments > 1 else ''}"


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WITHOUT_TERMINAL)


def _lines(console: Console, titles: Iterable[str], rows: Iterable[Iterable[str]]) -> list[Text]:
    """One line for the titles and one for each row, however long its texts are."""
    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title, no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*map(_text, row))
    with console.capture() as captured:
        console.print(table)
    return [Text.from_ansi(line.rstrip()) for line in captured.get().removesuffix("\n").split("\n")]


def _text(words: str) -> Text:
    """As it is, without markup; what would move the cursor or break the line becomes a space."""
    return Text("".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in words))
