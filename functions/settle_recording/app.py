"""A recorder's task is stopped: a successor starts beside it, or else when it is gone, if the stream is live."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import checking_ports
from mntreamer.aws.log import service_logger
from mntreamer.aws.metrics import emit_settled
from mntreamer.correlation import correlated
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.due import due_of
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.usecases.monitors.check_monitor import check_monitor
from mntreamer.usecases.recordings.relieve_recorder import relieve_recorder
from mntreamer.usecases.recordings.settle_recording import settle_recording

logger = service_logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> None:
    stopped = _stopped_recorder(event)
    if stopped is None:
        logger.warning("ignored: not about a recorder that stops", kind=event.get("detail-type"))
        return
    recording_id, generation = stopped
    with correlated():
        outcome = _settle(recording_id, generation, event["detail"])
        logger.info("a recorder stops", recording_id=recording_id, generation=generation, outcome=outcome)


def _settle(recording_id: str, generation: int, detail: dict[str, Any]) -> Outcome | None:
    """What came of starting the next one or of a look at its streamer; None where there was nothing to do."""
    ports = checking_ports()
    if _is_at_work(detail):
        check = relieve_recorder(ports, recording_id, generation)
    else:
        streamer = settle_recording(ports, recording_id, generation, _problem(detail))
        due = due_of(streamer) if streamer else None
        check = check_monitor(ports, due) if due and due.check_at <= ports.clock() else None
    if check is None:
        return None
    emit_settled(check)
    return check.outcome


def _is_at_work(detail: dict[str, Any]) -> bool:
    """Whether the recorder still runs: it was told to leave just now, and is stopped two minutes later."""
    return any(container.get("lastStatus") == "RUNNING" for container in detail.get("containers", []))


def _problem(detail: dict[str, Any]) -> Reason | None:
    """Why the task stopped, in ECS's words; None for a recorder that left by itself."""
    containers = detail.get("containers", [])
    if any(container.get("exitCode") == 0 for container in containers):
        return None
    said = [detail.get("stoppedReason"), *(container.get("reason") for container in containers)]
    codes = [f"exit code {container['exitCode']}" for container in containers if "exitCode" in container]
    why = "; ".join(filter(None, [*said, *codes]))
    return Reason(why, ProblemCode.RECORDER_STOPPED) if why else None


def _stopped_recorder(event: dict[str, Any]) -> tuple[str, int] | None:
    """The recording and the generation that its task was launched with."""
    match event:
        case {
            "source": "aws.ecs",
            "detail": {"desiredStatus": "STOPPED", "overrides": {"containerOverrides": overrides}},
        }:
            launched_with = {
                variable["name"]: variable["value"]
                for override in overrides
                for variable in override.get("environment", [])
            }
            return _recording_in(launched_with)
        case _:
            return None


def _recording_in(environment: dict[str, str]) -> tuple[str, int] | None:
    match environment:
        case {"RECORDING_ID": recording_id, "GENERATION": generation}:
            return recording_id, int(generation)
        case _:
            return None
