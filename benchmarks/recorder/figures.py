"""What recording has cost in each way, and how the ways compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.recorder.usage import Memory
from benchmarks.recorder.ways import FFMPEG, OURS
from benchmarks.schedule.figures import nearest_rank

_MINUTE_S = 60
_MIB = 2**20
_HEAD = """\
| way | recordings | CPU s a recorded minute | RSS each, MiB | PSS each, MiB | the origin's CPU s a minute |
|---|--:|--:|--:|--:|--:|"""
Lost = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of `count` recordings at once over `lasted_s`: processor seconds of the recorders, and of the origin.

    `peak` is of all of them together, from their start on. `delays_s` is how long after its last source segment was
    listed each stored segment lay in the folder; only our own segments tell which those are.
    """

    way: str
    count: int
    lasted_s: float
    cpu_s: float
    origin_cpu_s: float
    peak: Memory
    delays_s: Sequence[float]

    @property
    def cpu_s_per_minute(self) -> float:
        """Of one recording."""
        return self.cpu_s / self.count / self.lasted_s * _MINUTE_S

    @property
    def memory_bytes(self) -> float:
        """One recording's share of the peak of what is resident, shared pages counted for each that shares them."""
        return self.peak.rss / self.count

    @property
    def own_memory_bytes(self) -> float:
        """The same with shared pages divided among those that share them."""
        return self.peak.pss / self.count


def summary(costs: Sequence[Cost], lost: Lost) -> dict[str, object]:
    """What the benchmark's last line says: ours beside a bare ffmpeg's. Ratios are of what was measured."""
    of = {(cost.way, cost.count): cost for cost in costs}
    counts = sorted({cost.count for cost in costs})
    cpu = {f"cpu_ratio_{n}": _ratio(of[OURS, n].cpu_s_per_minute, of[FFMPEG, n].cpu_s_per_minute) for n in counts}
    most = counts[-1]
    delays_s = list(of[OURS, most].delays_s)
    return cpu | {
        f"memory_ratio_{most}": _ratio(of[OURS, most].memory_bytes, of[FFMPEG, most].memory_bytes),
        f"pss_ratio_{most}": _ratio(of[OURS, most].own_memory_bytes, of[FFMPEG, most].own_memory_bytes),
        "store_delay_p95_s": round(nearest_rank(delays_s, 0.95), 2),
        "lost": lost,
    }


def table(costs: Sequence[Cost]) -> str:
    """Markdown."""
    return "\n".join((_HEAD, *map(_row, costs)))


def lost_table(lost: Lost) -> str:
    """Markdown: source segments that are not in the recording."""
    head = f"| fault | {OURS} | {FFMPEG} | streamlink |\n|---|--:|--:|--:|"
    return "\n".join((head, *(f"| {fault} | {' | '.join(map(str, each))} |" for fault, each in lost.items())))


def _ratio(ours: float, theirs: float) -> float:
    return round(ours / theirs, 2)


def _row(cost: Cost) -> str:
    rss, pss = cost.memory_bytes / _MIB, cost.own_memory_bytes / _MIB
    per_minute = f"{cost.cpu_s_per_minute:.2f} | {rss:.0f} | {pss:.0f}"
    origin = cost.origin_cpu_s / cost.lasted_s * _MINUTE_S
    return f"| {cost.way} | {cost.count} | {per_minute} | {origin:.1f} |"
