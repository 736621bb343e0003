"""`python -m mntreamer.aws.import_original FOLDER`: a deployment watches the streamers of mntreamer's original.

Whoever runs it may write the table; MONITORS_TABLE and MONITOR_SHARDS are those of the functions. Exit codes: 0 done,
1 a row is bad or nothing could be done, 2 wrong usage.
"""

import argparse
import json
import os
import sys
from pathlib import Path

import boto3

from mntreamer.aws.clients import CONFIG
from mntreamer.aws.dynamodb_monitors import DynamoMonitors
from mntreamer.clock import utc_now
from mntreamer.domain.errors import MntreamerError
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.settings import required
from mntreamer.usecases.monitors.import_original import Imported, import_original, streamers_in
from mntreamer.usecases.monitors.import_report import as_json, bad_rows, summary
from mntreamer.usecases.monitors.import_tables import read_tables, zone_named


def main() -> int:
    asked = _usage().parse_args()
    try:
        imported = _import(asked.folder, asked.time_zone, writes=not asked.check)
    except MntreamerError as error:
        sys.stderr.write(f"mntreamer: {error}\n")
        return 1
    bad = bad_rows(imported)
    sys.stderr.writelines(f"{line}\n" for line in bad)
    in_words = summary(imported, writes=not asked.check)
    sys.stdout.write(f"{json.dumps(as_json(imported), ensure_ascii=False) if asked.json else in_words}\n")
    return 1 if bad else 0


def _import(folder: Path, time_zone: str, *, writes: bool) -> list[Imported]:
    zone = zone_named(time_zone)
    readable = streamers_in(read_tables(folder, zone), {Chzzk.name}, zone, utc_now())
    return list(import_original(_monitors(), readable, writes=writes))


def _monitors() -> DynamoMonitors:
    table, shards = (required(os.environ, name) for name in ("MONITORS_TABLE", "MONITOR_SHARDS"))
    return DynamoMonitors(boto3.client("dynamodb", config=CONFIG), table, int(shards))


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(prog="python -m mntreamer.aws.import_original")
    usage.add_argument("folder", type=Path, help="where the original's tables are, each as CSV")
    usage.add_argument("--time-zone", required=True, help="the one that the original's times are of: Asia/Seoul")
    usage.add_argument("--check", action="store_true", help="write nothing, say what would be done")
    usage.add_argument("--json", action="store_true", help="answer with JSON")
    return usage


if __name__ == "__main__":
    sys.exit(main())
