"""The API's answers as tables for people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from mntreamer.domain.media_path import PUBLISHED_PLAYLIST
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.domain.times import from_iso, seconds, to_iso
from mntreamer_local.command_line.quantities import begin, kept, length, lost, moment, size
from mntreamer_local.command_line.short_ids import short_id
from mntreamer_local.command_line.terminal import Table, show, show_table

# Shown where anybody has one, under these titles.
_OWN_SETTINGS = {"priority": "priority", "max_height": "max height", "recorders": "recorders", "schedule": "schedule"}
_MEASURED = {"detection": "a stream is seen", "start": "its first segment is stored"}
STATES = {
    RecordingStatus.RECORDING: "recording",
    RecordingStatus.IDLE: "to refine",
    RecordingStatus.DONE: "done",
    RecordingStatus.TERMINATED: "deleted",
    RecordingStatus.FAILED: "failed",
}


def show_streamers(streamers: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """The table, and below it what is wrong with whom. Times are in the zone of `now`."""
    if not streamers:
        show("nobody is watched yet: mntreamer add NAME")
        return
    own = {name: title for name, title in _OWN_SETTINGS.items() if any(streamer[name] for streamer in streamers)}
    titles = ("channel", "status", "next check", "misses", "recorded", *own.values(), "channel id")
    rows = [_streamer(streamer, own, now) for streamer in streamers]
    show_table(Table(titles, rows, cut_first=("channel id", "channel"), spared_first=("misses", "recorded")))
    show(*(f"{streamer['channel_name']}: {streamer['problem']}" for streamer in streamers if streamer["problem"]))


def show_recordings(recordings: Sequence[Mapping[str, Any]], data: Path, now: datetime) -> None:
    """The table; below each its playlist, where that is a file below `data`. Times are in the zone of `now`."""
    titles = ("id", "channel", "title", "state", "started", "length", "size", "kept", "lost")
    rows = [_recording(recording, now) for recording in recordings]
    table = Table(titles, rows, cut_first=("title", "channel"), spared_first=("lost", "size", "kept"))
    files = [playlist_file(recording, data) for recording in recordings]
    show_table(table, [f"  {file}" if file else "" for file in files])


def playlist_file(recording: Mapping[str, Any], data: Path) -> str:
    """Where players find it on this machine; empty where they do not."""
    file = data / recording["prefix"] / PUBLISHED_PLAYLIST
    return str(file) if file.exists() else ""


def show_health(health: Mapping[str, Any], now: datetime) -> None:
    """Whether all is well, and what is not; below it each platform's last tick. Times are in the zone of `now`."""
    show(f"{health['status']}; {health['recording']} being recorded")
    show(*(f"  {problem}" for problem in health["problems"]))
    titles = ("platform", "last tick", "due", "asked", "live", "errors", "left", "breaker")
    show_table(Table(titles, [_platform(platform, now) for platform in health["platforms"]]))
    for what, happens in _MEASURED.items():
        if health["delays"][what]["count"]:
            show(f"{happens} {_delays(health['delays'][what])}")


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
        short_id(recording["recording_id"]),
        recording["channel_name"],
        recording["title"],
        STATES[RecordingStatus(recording["status"])],
        begin(recording["started_at"], now),
        length(recording["duration_s"]),
        size(recording["size_bytes"]),
        kept(recording["coverage"]),
        lost(recording["gap_s"], recording["gaps"]),
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
