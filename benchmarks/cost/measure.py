"""`python -m benchmarks.cost.measure`: counts anew what everything that happens uses of AWS, and keeps it.

On an AWS in process (moto) and a source on loopback whose time runs eight times as fast; a minute.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import boto3
import botocore.session

from benchmarks.cost.deployment import deployed
from benchmarks.cost.meter import Meter
from benchmarks.cost.notice_scenes import failed_try, posting, telling
from benchmarks.cost.operations import FILE, Operations, differences, read_operations, write_operations
from benchmarks.cost.pictured_hour import pictured_hour
from benchmarks.cost.recorded_hour import record_a_while
from benchmarks.cost.scenes import LIVE, listing, miss, opening, publishing, settling, sweep, tick, watching
from benchmarks.cost.use import Use, times, total, without
from benchmarks.platform_server import platform_server
from tests.integration.aws.bus import Bus


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _usage().parse_args(arguments)
    found = measured()
    if not asked.check:
        write_operations(datetime.now(UTC).date(), found)
        print(f"written to {FILE}", file=sys.stderr)
        return 0
    _, kept = read_operations()
    others = list(differences(kept, found))
    print(*others or [f"{FILE.name} says what is used"], sep="\n", file=sys.stderr)
    return 1 if others else 0


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(prog="python -m benchmarks.cost.measure")
    usage.add_argument("--check", action="store_true", help="write nothing; exit code 1 if what is kept is not so")
    return usage


def measured() -> Operations:
    """In this process, which composes nothing else."""
    with platform_server(channels=LIVE + 1, latency_s=0.0, live=[LIVE]) as platform, deployed(platform.base_url):
        bus = Bus()
        meter = _meter()
        tick(meter)  # what is read once a process is not a tick's
        minute = total(tick(meter), sweep(meter))
        of_miss, of_opening = miss(meter), opening(meter)
        recorded = record_a_while(meter)
        pictures = pictured_hour(meter)
        of_publishing = publishing(meter, recorded.recording.prefix)
        settled = settling(meter, recorded.recording)
        told = telling(meter, bus)
        listing(meter)
        return Operations(
            minute=total(minute, {"schedule_invocations": 2.0}),
            miss=of_miss,
            recording=total(of_opening, recorded.start, recorded.end, settled, told, of_miss, of_publishing),
            recorded_hour=total(recorded.hour, pictures, times(of_publishing, recorded.source_writes_an_hour)),
            watched_hour=watching(meter),
            listing=listing(meter),
            posting=posting(meter, bus),
            failed_try=failed_try(meter, bus),
            standby_hour=_more(record_a_while(meter, recorders=2).hour, recorded.hour),
        )


def _more(doubled: Use, single: Use) -> Use:
    """What two use more than one; what they use less is chance."""
    return {name: amount for name, amount in without(doubled, single).items() if amount > 0}


def _meter() -> Meter:
    """Of all that is composed from now on."""
    session = botocore.session.get_session()
    boto3.setup_default_session(botocore_session=session)
    return Meter(session, boto3.session.Session().client("dynamodb"))


if __name__ == "__main__":
    sys.exit(main())
