"""What a month uses of AWS."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cost.month import HOURS, Month
from benchmarks.cost.operations import Operations, read_operations
from benchmarks.cost.template import Template, read_template
from benchmarks.cost.use import Use, times, total

_ASSUMPTIONS = Path(__file__).with_name("assumptions.toml")
_MINUTES = HOURS * 60
_HOUR_S = 3600.0
_GB = 1e9


@dataclass(frozen=True, slots=True)
class Model:
    """What is known of the costs of a deployment."""

    operations: Operations
    assumed: Mapping[str, Any]
    template: Template

    def watching(self, month: Month) -> Use:
        """Streamers are looked at, nothing more."""
        lasting = times(self._memory_of("check_monitors"), self.assumed["probes"]["ms"] / 1000)
        return times(total(self.operations.miss, lasting), month.probes)

    def recording(self, month: Month) -> Use:
        """It is recorded and published, and not kept yet."""
        return total(self.begun(month), self.made(month))

    def begun(self, month: Month) -> Use:
        """Recordings begin and end and are told of, with a recorder's time before and after what is recorded."""
        of_one = total(self.operations.recording, self._posted(month))
        used = self._billed(times(of_one, month.recordings))
        return total(
            used, self._tasks(month, month.recordings * self.assumed["recorder"]["start_and_end_s"] / _HOUR_S)
        )

    def made(self, month: Month) -> Use:
        """What happens hour by hour while it is recorded."""
        standing_by = times(self.operations.standby_hour, month.recorders - 1)
        used = self._billed(times(total(self.operations.recorded_hour, standing_by), month.recorded_hours))
        return total(used, self._tasks(month, month.recorded_hours))

    def keeping(self, month: Month) -> Use:
        return {"s3_gb_months": month.kept_gb}

    def playing(self, month: Month) -> Use:
        played = self._billed(times(self.operations.watched_hour, month.watched_hours))
        return total(played, {"transfer_out_gb": month.watched_hours * month.gb_an_hour})

    def standing(self, month: Month) -> Use:
        """What is there and what ticks whoever is watched; the API's own calls."""
        assumed = self.assumed["standing"]
        rows_gb = month.streamers * assumed["bytes_a_streamer"] / _GB
        rows_gb += month.recordings * month.months_kept * assumed["bytes_a_recording"] / _GB
        there = {
            "dynamodb_gb_months": rows_gb,
            "dynamodb_backup_gb_months": rows_gb,
            "metrics": assumed["metrics"],
            "alarms": self.template.alarms,
            "dashboards": self.template.dashboards,
            "secrets": self.template.secrets + bool(month.webhooks),
            "sqs_requests": self.template.queues * assumed["polls_a_minute"] * _MINUTES,
            "ecr_gb_months": assumed["ecr_gb"],
        }
        ticks = self._billed(times(self.operations.minute, _MINUTES))
        calls = self._billed(times(self.operations.listing, month.api_calls))
        return total(there, ticks, calls)

    def _posted(self, month: Month) -> Use:
        """The notices of one recording, each an event on the bus, to all webhooks, of which some are down."""
        tried_again = times(self.operations.failed_try, self.template.posted_again)
        kept = {"sqs_requests": 1.0}
        failing = times(total(tried_again, kept), self.assumed["webhooks"]["failing_share"])
        notices = self.operations.recording["custom_events"]
        return times(total(self.operations.posting, failing), notices * month.webhooks)

    def _tasks(self, month: Month, recorded_hours: float) -> Use:
        hours = recorded_hours * month.recorders
        kind = "fargate_spot" if month.on_spot else "fargate"
        return {
            f"{kind}_vcpu_h": hours * self.template.recorder_vcpus,
            f"{kind}_gb_h": hours * self.template.recorder_gb,
            "public_ipv4_h": hours,
        }

    def _billed(self, use: Use) -> Use:
        """With what each invocation of a function brings: its memory for a while, its lines in a log, its trace."""
        invoked = {name.partition(".")[2]: amount for name, amount in use.items() if name.startswith("lambda_")}
        lasting_s = self.assumed["lambda_ms"]
        memory = [times(self._memory_of(name), count * lasting_s[name] / 1000) for name, count in invoked.items()]
        logged_gb = sum(invoked.values()) * self.assumed["logs"]["bytes_an_invocation"] / _GB
        traces = sum(count for name, count in invoked.items() if name in self.template.traced)
        return total(use, *memory, {"log_gb": logged_gb, "log_gb_months": logged_gb, "traces": traces})

    def _memory_of(self, function: str) -> Use:
        """For a second."""
        return {f"lambda_gb_s.{function}": self.template.memory_gb[function]}


def kept_model() -> Model:
    """As this folder and the templates have it."""
    return Model(read_operations()[1], tomllib.loads(_ASSUMPTIONS.read_text()), read_template())
