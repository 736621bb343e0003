"""`python -m benchmarks.schedule`: what each policy of checking costs and how late it is, over a simulated year.

Progress on stderr; on stdout a table and, as the last line, one JSON object. Exit codes: 0, or 2 for a wrong option.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.progress import track

from benchmarks.channel_habits import Channel, channels
from benchmarks.schedule_figures import Figures, figures, table
from benchmarks.schedule_policies import NAMES
from benchmarks.schedule_year import Year, silence_by, watch

BASELINE = "fixed_minute"


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _usage().parse_args(arguments)
    world = list(channels(asked.channels, asked.days, asked.seed))
    found = dict(_compared(asked.policies, world, asked.days, asked.grain))
    sys.stdout.write(f"{table(found)}\n\n{_circumstances(asked, world)}\n")
    sys.stdout.write(json.dumps({policy: asdict(of) for policy, of in found.items()}) + "\n")
    return 0


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(
        prog="python -m benchmarks.schedule",
        description="Compares policies of when to look again at a channel that was not live. The last line is JSON.",
    )
    usage.add_argument("--policies", type=_policies, default=NAMES, help=f"some of {','.join(NAMES)}; default: all")
    usage.add_argument("--channels", type=_at_least_one, default=500, help="how many; default: 500")
    usage.add_argument("--days", type=_at_least_one, default=365, help="for how long; default: 365")
    usage.add_argument("--seed", type=int, default=1, help="another number is another world; default: 1")
    usage.add_argument("--grain", type=_seconds, default=0, help="between ticks, 60 as on AWS; default: 0, when due")
    return usage


def _policies(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no policy {', '.join(unknown)}; there are {', '.join(NAMES)}")
    return names


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number, 1 or more")
    return int(text)


def _seconds(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("whole seconds, 0 or more")
    return int(text)


def _compared(
    policies: Sequence[str], world: Sequence[Channel], days: int, grain_s: float
) -> Iterator[tuple[str, Figures]]:
    baseline = _year(BASELINE, world, days, grain_s)
    for policy in policies:
        year = baseline if policy == BASELINE else _year(policy, world, days, grain_s)
        yield policy, figures(year, days, baseline)


def _year(policy: str, world: Sequence[Channel], days: int, grain_s: float) -> Year:
    watched = track(world, description=policy, console=Console(stderr=True))
    return watch((channel.streams for channel in watched), days, silence_by(policy, grain_s))


def _circumstances(asked: argparse.Namespace, world: Sequence[Channel]) -> str:
    streams = sum(len(channel.streams) for channel in world)
    probed = f"at ticks {asked.grain} s apart" if asked.grain else "when due"
    return (
        f"{streams:,} streams of {len(world)} channels in {asked.days} days (seed {asked.seed}), probed {probed}. "
        "A missed stream has no delay."
    )


if __name__ == "__main__":
    sys.exit(main())
