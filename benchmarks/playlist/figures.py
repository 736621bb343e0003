"""What edits and appends have cost, as tables and in four numbers."""

from collections.abc import Sequence

from benchmarks.playlist.appends import AppendCost
from benchmarks.playlist.edits import EditCost

_HOUR_S = 3600
_EDIT_HEAD = """\
| hours | m3u8 load + dumps, ms | cut, ms | undo, ms | in memory: cut, ms | undo, ms | cutting the mp4, s |
|--:|--:|--:|--:|--:|--:|--:|"""
_APPEND_HEAD = """\
| hours | CPU s an hour | of it playlists | requests an hour | playlists, MB an hour | visible after, s |
|--:|--:|--:|--:|--:|--:|"""


def edit_table(costs: Sequence[EditCost], mp4_s: float) -> str:
    """Markdown. `mp4_s`: what cutting an mp4 takes for each second of it."""
    return "\n".join((_EDIT_HEAD, *(_edit_row(cost, mp4_s) for cost in costs)))


def append_table(costs: Sequence[AppendCost]) -> str:
    """Markdown."""
    return "\n".join((_APPEND_HEAD, *map(_append_row, costs)))


def summary(edits: Sequence[EditCost], appends: Sequence[AppendCost]) -> dict[str, float]:
    """What the benchmark's last line says: of the longest recording, and how an append to it compares."""
    cut, last, first = edits[-1], appends[-1], appends[0]
    return {
        f"cut_{cut.hours}h_ratio": round(cut.disk_cut_s / cut.load_dumps_s, 2),
        f"cut_{cut.hours}h_ms": round(cut.disk_cut_s * 1000, 1),
        f"append_cpu_{last.hours}h_vs_{first.hours}h": round(last.cpu_s / first.cpu_s, 2),
        f"visible_s_{last.hours}h": round(last.visible_s, 1),
    }


def _edit_row(cost: EditCost, mp4_s: float) -> str:
    times_s = (cost.load_dumps_s, cost.disk_cut_s, cost.disk_undo_s, cost.memory_cut_s, cost.memory_undo_s)
    times_ms = " | ".join(f"{time_s * 1000:.1f}" for time_s in times_s)
    return f"| {cost.hours} | {times_ms} | {mp4_s * cost.hours * _HOUR_S:.0f} |"


def _append_row(cost: AppendCost) -> str:
    cpu = f"{cost.cpu_s:.2f} | {cost.playlists_cpu_s:.2f}"
    moved = f"{cost.requests:,} | {cost.playlists_bytes / 1e6:,.0f}"
    return f"| {cost.hours} | {cpu} | {moved} | {cost.visible_s:.1f} |"
