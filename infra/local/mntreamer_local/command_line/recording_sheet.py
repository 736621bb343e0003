"""All about one recording, for people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer_local.command_line.clock_times import clock_of
from mntreamer_local.command_line.quantities import kept, length, lost, moment, size
from mntreamer_local.command_line.short_ids import short_id
from mntreamer_local.command_line.tables import STATES, playlist_file
from mntreamer_local.command_line.terminal import Table, show, show_table

_COLUMN = 12  # of the longest name of a fact


def described(recording: Mapping[str, Any], now: datetime) -> str:
    """On one line, so that a person knows it again."""
    what = f"{recording['channel_name']}, {recording['title']}, {moment(recording['started_at'], now)}"
    return f"{what} ({length(recording['duration_s'])}, {size(recording['size_bytes'])})"


def show_recording(recording: Mapping[str, Any], data: Path, now: datetime) -> None:
    """A line for each fact that is known. Times are in the zone of `now`."""
    facts = [*_what(recording), *_when(recording, now), *_how_much(recording), *_where(recording, data)]
    show(*(f"{name}{' ' * (_COLUMN - cell_len(name))}  {value}" for name, value in facts if value))
    if recording["chapters"][1:]:
        show("")
        show_table(Table(("source", "played at", "title", "category"), [*map(_chapter, recording["chapters"])]))


def show_gaps(gaps: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """What is missing, and why. Times are in the zone of `now`."""
    if not gaps:
        show("nothing is missing")
        return
    titles = ("time", "source", "played at", "length", "segments", "cause", "why")
    rows = [_gap(gap, now) for gap in gaps]
    show_table(Table(titles, rows, cut_first=("why",), spared_first=("time", "played at")))


def _what(recording: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "channel", recording["channel_name"]
    yield "title", recording["title"]
    yield "category", recording["category"]
    yield "state", STATES[RecordingStatus(recording["status"])]
    yield "problem", recording["problem"] or ""
    yield "id", recording["recording_id"]


def _when(recording: Mapping[str, Any], now: datetime) -> Iterator[tuple[str, str]]:
    for name in ("started", "ended", "deleted"):
        at = recording[f"{name}_at"]
        yield name, moment(at, now) if at else ""
    delay_s = recording["start_delay_s"]
    yield "first piece", "" if delay_s is None else f"{delay_s:.0f} s after its begin"


def _how_much(recording: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    short = short_id(recording["recording_id"])
    yield "played", f"{clock_of(recording['published_duration_s'])} of {clock_of(recording['source_duration_s'])}"
    yield "size", size(recording["size_bytes"])
    yield "kept", kept(recording["coverage"])
    yield "lost", _with_command(lost(recording["gap_s"], recording["gaps"]), f"gaps {short}")
    for name in ("cuts", "markers", "clips"):
        count = len(recording[name])
        yield name, _with_command(str(count) if count else "", f"{name} {short}")
    dollars = recording["cost_dollars"]
    yield "cost", "" if dollars is None else f"${dollars}"


def _where(recording: Mapping[str, Any], data: Path) -> Iterator[tuple[str, str]]:
    yield "file", playlist_file(recording, data)
    yield "playlist", recording["playlist_url"] or ""


def _with_command(fact: str, command: str) -> str:
    return f"{fact}: mntreamer {command}" if fact else ""


def _chapter(chapter: Mapping[str, Any]) -> tuple[str, ...]:
    return *_places(chapter), chapter["title"], chapter["category"]


def _places(placed: Mapping[str, Any]) -> tuple[str, ...]:
    """On both lines, as far as it is there."""
    return tuple("" if placed[line] is None else clock_of(placed[line]) for line in ("source", "published"))


def _gap(gap: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    return (
        moment(gap["begin"], now) if gap["begin"] else "",
        *_places(gap),
        f"{gap['duration_s']:.1f} s",
        str(gap["last"] - gap["first"] + 1),
        gap["cause"].replace("_", " "),
        gap["why"],
    )
