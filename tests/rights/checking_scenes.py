"""Streamers in all states that a look finds them in: by the tick, by who takes a share of it, as recorders stop."""

import os
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import boto3

from functions.check_monitors import app as check_monitors
from functions.check_share import app as check_share
from functions.settle_recording import app as settle_recording
from mntreamer.aws.check_queue import to_message
from mntreamer.aws.composition import checking_ports
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from tests.integration.aws.test_handlers import context, event, shares_event
from tests.rights.recordings import lay_down, watch
from tests.rights.witness import Witness

_NOT_LIVE, DISCOVERED, _OVER, _RETURNED, _REPLACED, _HELD = range(6)
CHANNELS, LIVE = 6, (DISCOVERED, _RETURNED, _REPLACED, _HELD)
_SECONDS, _HOURS = timedelta(seconds=30), timedelta(hours=3)


def tick(witness: Witness) -> None:
    _streamers(checking_ports())
    with witness.watching(), patch.object(check_monitors, "SHARE", CHANNELS - 1):
        check_monitors.handler(event("tick"), context())
    _three_recorders_were_launched()


def share(witness: Witness) -> None:
    ports = checking_ports()
    _streamers(ports)
    due = ports.monitors.due(ports.clock(), CHANNELS)
    message = to_message(due, ports.clock() + timedelta(minutes=1))
    with witness.watching():
        check_share.handler(shares_event(message), context())
    _three_recorders_were_launched()


def stop(witness: Witness) -> None:
    for recording in _streamers(checking_ports()):
        with witness.watching():
            settle_recording.handler(_stops(recording, "RUNNING"), context())
            settle_recording.handler(_stops(recording, "STOPPED"), context())
    _three_recorders_were_launched()


def _three_recorders_were_launched() -> None:
    """What breaks off is logged and raises nothing: so much came of it."""
    assert len(boto3.client("ecs").list_tasks(cluster=os.environ["RECORDER_CLUSTER"])["taskArns"]) == 3


def _streamers(ports: Ports) -> list[Recording]:
    """The recordings of those who have one."""
    now = ports.clock()
    recordings = {
        _OVER: lay_down(ports, _OVER, ended_at=now - _HOURS),
        _RETURNED: lay_down(ports, _RETURNED, ended_at=now - _SECONDS),
        _REPLACED: lay_down(ports, _REPLACED, ended_at=now - _HOURS),
        _HELD: lay_down(ports, _HELD, lease_until=now + _SECONDS),
    }
    for number in range(CHANNELS):
        watch(ports, number, recordings.get(number))
    return list(recordings.values())


def _stops(recording: Recording, container: str) -> Any:
    """While its container runs, and once it has stopped."""
    stop = event("recorder_stops")
    stop["detail"]["containers"][0]["lastStatus"] = container
    [override] = stop["detail"]["overrides"]["containerOverrides"]
    told = {"RECORDING_ID": recording.recording_id, "GENERATION": str(recording.generation)}
    override["environment"] = [{"name": name, "value": value} for name, value in told.items()]
    return stop
