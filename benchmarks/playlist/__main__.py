"""`python -m benchmarks.playlist`: what it costs to cut, to undo and to append, however long a recording is.

Progress on stderr; on stdout tables and, as the last line, one JSON object. Exit codes: 0, or 2 for a wrong option.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from rich.console import Console

from benchmarks.playlist.appends import appends
from benchmarks.playlist.edits import edits
from benchmarks.playlist.figures import append_table, edit_table, summary
from benchmarks.playlist.mp4 import cutting_s

HOURS = (1, 12, 24)
ROUNDS = 15
MP4_S = 120
SEGMENT_BYTES = 6_000_000
_progress = Console(stderr=True, highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _usage().parse_args(arguments)
    hours = sorted(asked.hours)
    _progress.print(f"{', '.join(map(str, hours))} hours are cut, and the cut is undone, {asked.rounds} times")
    edited = edits(hours, asked.rounds)
    _progress.print(f"to each is appended {asked.rounds} times; an hour's requests are counted")
    appended = appends(hours, asked.rounds, asked.segment_bytes)
    _progress.print(f"an mp4 of {asked.mp4_seconds} s is cut")
    mp4_s = cutting_s(asked.mp4_seconds)
    print(f"{edit_table(edited, mp4_s)}\n\nAn mp4 is cut in proportion to its length; {asked.mp4_seconds} s were.\n")
    print(f"{append_table(appended)}\n")
    print(json.dumps(summary(edited, appended)))
    return 0


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(prog="python -m benchmarks.playlist", description=__doc__)
    usage.add_argument("--hours", type=_hours, default=HOURS, help="how long the recordings are; default: 1,12,24")
    usage.add_argument("--rounds", type=_at_least_one, default=ROUNDS, help="of which the median counts; default: 15")
    usage.add_argument("--mp4-seconds", type=_at_least_one, default=MP4_S, help="length of the mp4; default: 120")
    usage.add_argument(
        "--segment-bytes", type=_at_least_one, default=SEGMENT_BYTES, help="default: six seconds of 8 Mbps"
    )
    return usage


def _hours(text: str) -> tuple[int, ...]:
    return tuple(map(_at_least_one, text.split(",")))


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number, 1 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
