"""A share of a tick's work that is handed on through the queue is done by another function."""

from datetime import timedelta

import boto3

from demo.waiting import wait_for
from mntreamer.aws.check_queue import CheckQueue
from mntreamer.clock import utc_now
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.times import from_iso
from simulated_channel import SimulatedChzzk
from tests.emulator.caller import Caller
from tests.emulator.function_logs import logged
from tests.emulator.stack import Stack


def test_whoever_is_in_a_share_is_looked_at(stack: Stack, caller: Caller, chzzk: SimulatedChzzk) -> None:
    channel_id = chzzk.add_channel("한산")
    added = caller.post("streamers", {"platform": "chzzk", "channel_id": channel_id})
    due = Due(added["streamer_id"], "chzzk", added["priority"], added["miss_count"], from_iso(added["check_at"]))
    assert CheckQueue(boto3.client("sqs"), stack.resource("CheckQueue")).send([due], utc_now() + timedelta(minutes=1))
    wait_for("the share is done", lambda: any("looked at a share" in line for line in logged()) or None, 30)
    assert caller.get(f"streamers/chzzk/{channel_id}")["miss_count"] == 1
