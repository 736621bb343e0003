"""What is compared: policies at budgets, each in several worlds, on as many processes as there are cores."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from benchmarks.schedule.channels import channels
from benchmarks.schedule.habits import HABITS
from benchmarks.schedule.policies import Policy, every, knowing, learned, stepped, told
from benchmarks.schedule.year import Seen, looks_a_day, watch

POLICIES: dict[str, Policy] = {
    "fixed_600": every(600),
    "fixed_300": every(300),
    "fixed_60": every(60),
    "stepped": stepped,
    "learned": learned,
    "told": told,
    "bound": knowing,
}
WITHOUT_BUDGET = ("fixed_600", "fixed_300", "fixed_60", "stepped")
WITH_BUDGET = ("learned", "told", "bound")
# A little less than it may be: a budget is kept over weeks, not to the last look.
_WITHIN = 0.985


@dataclass(frozen=True, slots=True)
class Worlds:
    """In each world `of_each` channels of every kind are watched for so many `days`."""

    of_each: int
    days: int
    seeds: Sequence[int]


@dataclass(frozen=True, slots=True)
class Run:
    """A policy in one world; `looks_a_day` is the budget for a channel, None where it has none.

    `kind` is the only one that is watched, None for all together.
    """

    policy: str
    seed: int
    looks_a_day: float | None = None
    kind: str | None = None


def without_budget(worlds: Worlds) -> Iterator[Run]:
    return (Run(policy, seed) for policy in WITHOUT_BUDGET for seed in worlds.seeds)


def with_budgets(worlds: Worlds, budgets: Sequence[float]) -> Iterator[Run]:
    """The largest come first, so that no process is left alone with one."""
    for budget in sorted(budgets, reverse=True):
        for policy in reversed(WITH_BUDGET):
            yield from (Run(policy, seed, budget) for seed in worlds.seeds)


def alone(worlds: Worlds, by_table: dict[str, float]) -> Iterator[Run]:
    """Each kind for itself, at no more looks than the table takes for it."""
    for kind, budget in by_table.items():
        yield from (Run("learned", seed, _WITHIN * budget, kind) for seed in worlds.seeds)


def as_many_as(seen: Sequence[Seen], days: int) -> float:
    """A budget at which no more looks are made than these."""
    return round(_WITHIN * looks_a_day(seen, days), 2)


def carried_out(worlds: Worlds, runs: Sequence[Run]) -> dict[Run, list[Seen]]:
    with ProcessPoolExecutor() as processes:
        return dict(zip(runs, processes.map(partial(_carry_out, worlds), runs), strict=True))


def _carry_out(worlds: Worlds, run: Run) -> list[Seen]:
    kinds = [run.kind] if run.kind else list(HABITS)
    world = channels(kinds, worlds.of_each, worlds.days, run.seed)
    return watch(world, POLICIES[run.policy], worlds.days, run.looks_a_day or 1.0)
