"""What the deployed functions logged."""

import json
from collections.abc import Iterator

import boto3

_FRAME = ("START ", "END ", "REPORT ", "INIT_START ")


def logged() -> Iterator[str]:
    """Every line of every function, without those that Lambda puts around an invocation."""
    logs = boto3.client("logs")
    for group in logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]:
        for event in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]:
            if not event["message"].startswith(_FRAME):
                yield event["message"].rstrip()


def problems() -> list[str]:
    """What no run without a fault logs: errors, and whatever is no JSON, which a runtime says that gave up."""
    return [line for line in logged() if not _is_well(line)]


def _is_well(line: str) -> bool:
    try:
        return json.loads(line).get("level") not in ("ERROR", "CRITICAL")
    except ValueError:
        return False
