"""`python -m benchmarks.schedule`: what each policy of looking costs and how late it is, over simulated years.

What is under way on stderr; on stdout two tables and, as the last line, one JSON object. Exit codes: 0, or 2 for a
wrong option.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.schedule.figures import Figures, by_kind, figures
from benchmarks.schedule.habits import HELD_BACK
from benchmarks.schedule.picture import picture
from benchmarks.schedule.runs import (
    WITH_BUDGET,
    Run,
    Worlds,
    alone,
    as_many_as,
    carried_out,
    with_budgets,
    without_budget,
)
from benchmarks.schedule.tables import table_of_kinds, table_of_policies
from benchmarks.schedule.year import Seen

Found = Mapping[Run, list[Seen]]


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _usage().parse_args(arguments)
    worlds = Worlds(asked.channels, asked.days, range(1, asked.seeds + 1))
    found = dict(carried_out(worlds, list(without_budget(worlds))))
    table = _of(found, "stepped")
    equal = as_many_as(table, worlds.days)
    _say(f"the table takes {equal} looks a channel and day")
    budgets = [*asked.looks, equal]
    runs = [*with_budgets(worlds, budgets), *alone(worlds, _looks_by_kind(table, worlds.days))]
    found |= carried_out(worlds, runs)
    _report(found, worlds, budgets, asked.picture)
    return 0


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(
        prog="python -m benchmarks.schedule",
        description="Compares policies of when to look again at a channel that was not live. The last line is JSON.",
    )
    usage.add_argument("--channels", type=_at_least_one, default=1, help="of each kind in a world; default: 1")
    usage.add_argument("--days", type=_at_least_one, default=365, help="for how long; default: 365")
    usage.add_argument("--seeds", type=_at_least_one, default=3, help="how many worlds; default: 3")
    usage.add_argument(
        "--looks", type=_budgets, default=(25.0, 50.0, 300.0), help="budgets, a channel and day; default: 25,50,300"
    )
    usage.add_argument("--picture", type=Path, help="where to draw it, as SVG")
    return usage


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number, 1 or more")
    return int(text)


def _budgets(text: str) -> tuple[float, ...]:
    return tuple(float(_at_least_one(number)) for number in text.split(","))


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _of(found: Found, policy: str, budget: float | None = None) -> list[Seen]:
    """What the policy saw in all worlds, where all kinds are watched together."""
    return [
        seen
        for run, of in found.items()
        if (run.policy, run.looks_a_day, run.kind) == (policy, budget, None)
        for seen in of
    ]


def _looks_by_kind(seen: Sequence[Seen], days: int) -> dict[str, float]:
    return {kind: of.looks_a_day for kind, of in by_kind(seen, days).items()}


def _report(found: Found, worlds: Worlds, budgets: Sequence[float], drawn: Path | None) -> None:
    days, equal = worlds.days, budgets[-1]
    fixed = {name: figures(_of(found, name), days) for name in ("fixed_60", "fixed_300", "fixed_600", "stepped")}
    lines = {
        policy: {budget: figures(_of(found, policy, budget), days) for budget in sorted(budgets)}
        for policy in WITH_BUDGET
    }
    policies = fixed | {f"{policy}_{budget:g}": of for policy, line in lines.items() for budget, of in line.items()}
    separately = [seen for run, of in found.items() if run.kind for seen in of]
    kinds = {
        "stepped": by_kind(_of(found, "stepped"), days),
        "learned": by_kind(_of(found, "learned", equal), days),
        "bound": by_kind(_of(found, "bound", equal), days),
        "alone": by_kind(separately, days),
    }
    if drawn:
        drawn.write_text(_drawn(fixed, lines))
    sys.stdout.write(f"{table_of_policies(policies)}\n\n{table_of_kinds(**kinds, held_back=HELD_BACK)}\n\n")
    sys.stdout.write(f"{_circumstances(found, worlds)}\n{_as_json(policies, kinds)}\n")


def _drawn(fixed: Mapping[str, Figures], lines: Mapping[str, Mapping[float, Figures]]) -> str:
    at_intervals = [fixed[f"fixed_{wait_s}"] for wait_s in (600, 300, 60)]
    return picture(
        {
            "every 10, 5 and 1 minutes": at_intervals,
            "stepped": [fixed["stepped"]],
            "learned": list(lines["learned"].values()),
            "learned, told of past broadcasts": list(lines["told"].values()),
            "if every habit were known": list(lines["bound"].values()),
        }
    )


def _circumstances(found: Found, worlds: Worlds) -> str:
    table = _of(found, "stepped")
    streams = sum(len(of.delays_s) + of.missed for of in table)
    return (
        f"{streams:,} streams of {len(table)} channels in {worlds.days} days, in {len(worlds.seeds)} worlds. "
        "A missed stream has no delay. A star marks the habits that the rule was made without."
    )


def _as_json(policies: Mapping[str, Figures], kinds: Mapping[str, Mapping[str, Figures]]) -> str:
    return json.dumps(
        {
            "policies": {name: asdict(of) for name, of in policies.items()},
            "kinds": {name: {kind: asdict(of) for kind, of in by.items()} for name, by in kinds.items()},
        }
    )


if __name__ == "__main__":
    sys.exit(main())
