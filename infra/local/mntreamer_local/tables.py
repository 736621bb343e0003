"""Answers as tables for people: rich on a terminal, plain text elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table


def show_streamers(streamers: Iterable[Mapping[str, Any]]) -> None:
    rows = [
        (
            streamer["platform"],
            streamer["channel_name"],
            "PAUSED" if streamer["paused"] else streamer["status"],
            _local(streamer["check_at"]),
            str(streamer["miss_count"]),
            str(streamer["recorded"]),
            streamer["problem"] or "",
        )
        for streamer in streamers
    ]
    _show(("platform", "channel", "status", "next check", "misses", "recorded", "problem"), rows)


def show_recordings(recordings: Iterable[Mapping[str, Any]]) -> None:
    rows = [
        (
            recording["channel_name"],
            recording["title"],
            recording["status"],
            _local(recording["started_at"]),
            _length(recording["duration_s"]),
            f"{recording['size_bytes'] / 1e6:.1f} MB",
            str(recording["lost_segments"]),
            recording["recording_id"],
        )
        for recording in recordings
    ]
    _show(("channel", "title", "status", "started", "length", "size", "lost", "id"), rows)


def show_candidates(candidates: Iterable[Mapping[str, str]]) -> None:
    _show(("channel_id", "channel"), [(found["channel_id"], found["channel_name"]) for found in candidates])


def _show(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    table = Table(*titles, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    console = Console()
    console.print(table, soft_wrap=not console.is_terminal)


def _local(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _length(duration_s: float) -> str:
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
