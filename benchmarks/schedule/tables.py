"""What was found, as Markdown."""

from collections.abc import Collection, Iterator, Mapping

from benchmarks.schedule.figures import Figures

_TOLD_IN_MINUTES_FROM_S = 120

_POLICIES = """\
| policy | looks a channel and day | delay, mean | delay, 95 % within | streams missed |
|---|--:|--:|--:|--:|"""
_KINDS = """\
| kind of habit | stepped: looks | mean | 95 % | learned: looks | mean | 95 % | bound: mean | alone, at equal looks |
|---|--:|--:|--:|--:|--:|--:|--:|--:|"""


def table_of_policies(found: Mapping[str, Figures]) -> str:
    rows = (
        f"| {name} | {of.looks_a_day:,.0f} | {_duration(of.mean_s)} | {_duration(of.p95_s)} | {of.missed_share:.2%} |"
        for name, of in found.items()
    )
    return "\n".join((_POLICIES, *rows))


def table_of_kinds(
    stepped: Mapping[str, Figures],
    learned: Mapping[str, Figures],
    bound: Mapping[str, Figures],
    alone: Mapping[str, Figures],
    held_back: Collection[str],
) -> str:
    """`held_back` are the kinds that the rule was made without, which a star marks."""
    return "\n".join((_KINDS, *_kinds(stepped, learned, bound, alone, held_back)))


def _kinds(
    stepped: Mapping[str, Figures],
    learned: Mapping[str, Figures],
    bound: Mapping[str, Figures],
    alone: Mapping[str, Figures],
    held_back: Collection[str],
) -> Iterator[str]:
    for kind, of in stepped.items():
        mine = learned[kind]
        yield (
            f"| {kind}{' *' if kind in held_back else ''} | {_looks(of)} | {_looks(mine)} "
            f"| {_duration(bound[kind].mean_s)} | {_times_sooner(of, alone[kind])} |"
        )


def _looks(of: Figures) -> str:
    return f"{of.looks_a_day:,.0f} | {_duration(of.mean_s)} | {_duration(of.p95_s)}"


def _times_sooner(stepped: Figures, alone: Figures) -> str:
    if not stepped.mean_s or not alone.mean_s:
        return "none seen"
    return f"{stepped.mean_s / alone.mean_s:.1f} x sooner"


def _duration(delay_s: float | None) -> str:
    if delay_s is None:
        return "none seen"
    return f"{delay_s / 60:.1f} min" if delay_s >= _TOLD_IN_MINUTES_FROM_S else f"{delay_s:.0f} s"
