"""`python -m benchmarks.recorder`: what it costs to record 1080p60 at 8 Mbps, one and twenty streams at once.

This recorder, a bare ffmpeg and streamlink with ffmpeg take turns on one source in real time, over TLS. Progress on
stderr; on stdout tables and, as the last line, one JSON object. Exit codes: 0 measured, 1 some way did not keep up,
2 for a wrong option.
"""

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.recorder import backfill, hand_over, standby
from benchmarks.recorder.figures import Cost, Lost, lost_table, summary, table
from benchmarks.recorder.lost import lost_of_each
from benchmarks.recorder.measure import NotKeptUp, measure
from benchmarks.recorder.media import encode_media, load_media
from benchmarks.recorder.origin import running_origin
from benchmarks.recorder.ways import Way, all_ways

COUNTS = (1, 20)
SETTLE_S = 25.0
RECORD_S = 60.0
_progress = Console(stderr=True, highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _usage().parse_args(arguments)
    ways = all_ways(asked.streamlink)
    try:
        costs = list(_costs(ways, asked.counts, asked.seconds))
    except NotKeptUp as error:
        _progress.print(str(error), soft_wrap=True)
        return 1
    lost = _lost(ways)
    _progress.print(f"{hand_over.HAND_OVERS} hand-overs, in real time: some minutes")
    handed_over = hand_over.hand_overs()
    _progress.print("a recorder that comes late: two minutes")
    past = backfill.regained(ways[0])
    others_tables = (hand_over.table(handed_over), standby.table(), backfill.table(past))
    tables = (table(costs), lost_table(lost), *others_tables)
    print("\n\n".join((*tables, "")))
    others = {
        "handover_lost": handed_over.lost,
        "standby_cost_ratio": round(standby.standby_cost_ratio(), 2),
        "backfill_regained_s": past.regained_s,
    }
    print(json.dumps(summary(costs, lost) | others))
    return 0


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(prog="python -m benchmarks.recorder", description=__doc__)
    usage.add_argument("--streamlink", type=Path, required=True, help="its command")
    usage.add_argument("--counts", type=_counts, default=COUNTS, help="recordings at once; default: 1,20")
    usage.add_argument("--seconds", type=float, default=RECORD_S, help="each is measured for; default: 60")
    return usage


def _counts(text: str) -> tuple[int, ...]:
    counts = text.split(",")
    if not all(count.isdecimal() and int(count) for count in counts):
        raise argparse.ArgumentTypeError("whole numbers, 1 or more, with commas between them")
    return tuple(map(int, counts))


def _costs(ways: Sequence[Way], counts: Sequence[int], record_s: float) -> Iterator[Cost]:
    _progress.print("encoding what is broadcast, which takes a minute the first time")
    media = encode_media()
    bytes_per_s = load_media(media).bytes_per_s
    with tempfile.TemporaryDirectory() as folder, running_origin(media, max(counts), Path(folder)) as origin:
        for count in counts:
            for way in ways:
                cost = measure(way, origin, count, SETTLE_S, record_s, bytes_per_s)
                _progress.print(f"{count:2} x {way.name:10}  {cost.cpu_s_per_minute:.2f} CPU s a recorded minute")
                yield cost


def _lost(ways: Sequence[Way]) -> Lost:
    _progress.print("faults, in real time: some minutes")
    logging.getLogger("mntreamer").addHandler(logging.NullHandler())  # the table says what goes wrong
    return lost_of_each(ways)


if __name__ == "__main__":
    sys.exit(main())
