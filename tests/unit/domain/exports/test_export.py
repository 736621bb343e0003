from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.errors import LeaseLost, NotFound, SourceError
from mntreamer.domain.exports.export import (
    ATTEMPTS,
    LEASE,
    Export,
    ExportedFile,
    ExportFormat,
    ExportStatus,
    done,
    failed,
    is_abandoned,
    renewed,
    taken,
    taken_up_again,
)
from mntreamer.domain.exports.export_file import parse_export, render_export
from mntreamer.domain.exports.export_path import export_id_of, export_key, file_key, state_key_of
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from tests.contract.records import NOON, a_problem
from tests.unit.domain.lines import span

ORDERED = Export(
    export_id=export_id_of(NOON, "0a1b2c3d"),
    recording_id="chzzk:채널:1001",
    prefix="media/chzzk/채널.1f0a9c3e/2026/11/22/1/",
    format=ExportFormat.MP4,
    spans=(span(0, 3), span(5, 5)),
    duration_s=30.000001,
    created_at=NOON,
    lease_until=NOON + timedelta(minutes=3),
    kept_for=timedelta(days=7),
)
RUNNING = taken(ORDERED, 1, NOON)
DONE = done(RUNNING, (ExportedFile(12, 30.0, "h264 160x90"), ExportedFile(5, 1.5, "aac")), NOON)


class TestItsLease:
    def test_an_exporter_takes_what_waits_for_it(self) -> None:
        assert (RUNNING.status, RUNNING.started_at, RUNNING.lease_until) == (ExportStatus.RUNNING, NOON, NOON + LEASE)

    @pytest.mark.parametrize("export", [RUNNING, DONE, replace(ORDERED, attempt=2)])
    def test_what_another_one_makes_or_made_is_not_taken(self, export: Export) -> None:
        with pytest.raises(LeaseLost):
            taken(export, 1, NOON)

    def test_it_is_abandoned_once_nobody_renews_it(self) -> None:
        later = renewed(RUNNING, 0.5, NOON + timedelta(minutes=1)).lease_until
        assert not is_abandoned(RUNNING, RUNNING.lease_until - timedelta(milliseconds=1))
        assert is_abandoned(RUNNING, RUNNING.lease_until)
        assert later > RUNNING.lease_until

    @pytest.mark.parametrize("export", [DONE, failed(RUNNING, a_problem("why"), NOON)])
    def test_what_has_ended_is_never_abandoned(self, export: Export) -> None:
        assert not is_abandoned(export, NOON + timedelta(days=1))

    def test_it_is_taken_up_again_until_the_attempts_are_used_up(self) -> None:
        export = RUNNING
        for attempt in range(2, ATTEMPTS + 1):
            again = taken_up_again(export, export.lease_until)
            assert (again.status, again.attempt, again.progress) == (ExportStatus.QUEUED, attempt, 0.0)
            export = taken(again, attempt, again.created_at)
        last = taken_up_again(export, export.lease_until)
        assert last.status is ExportStatus.FAILED
        assert last.problem
        assert last.problem.startswith("3 exporters in a row did not come to its end")
        assert (last.problem.code, last.problem.values) == ("exporters_in_vain", {"attempts": 3})


def test_it_expires_so_long_after_its_end() -> None:
    assert DONE.status_at(NOON + timedelta(days=7, milliseconds=-1)) is ExportStatus.DONE
    assert DONE.status_at(NOON + timedelta(days=7)) is ExportStatus.EXPIRED
    assert ORDERED.expires_at == ORDERED.lease_until + timedelta(days=7)


@pytest.mark.parametrize(
    "export", [ORDERED, RUNNING, renewed(RUNNING, 0.25, NOON), DONE, failed(RUNNING, a_problem("왜"), NOON)]
)
def test_its_text_says_all_of_it(export: Export) -> None:
    assert parse_export(render_export(export)) == export


def test_its_text_keeps_what_kind_of_problem_it_has() -> None:
    problem = parse_export(render_export(failed(RUNNING, Reason("gone", ProblemCode.SEGMENT_GONE), NOON))).problem
    assert problem
    assert problem.code == "segment_gone"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", render_export(DONE).replace("DONE", "WON"), render_export(DONE)[:-5]]
)
def test_a_damaged_text_is_said(text: str) -> None:
    with pytest.raises(SourceError, match="damaged"):
        parse_export(text)


def test_its_objects_lie_together_and_apart_from_other_recordings() -> None:
    key = export_key(ORDERED.recording_id, ORDERED.export_id)
    file = file_key(ORDERED, 2)
    assert (state_key_of(key), state_key_of(file)) == (key, key)
    assert file.startswith("exports/")
    assert file.endswith("/20261122T030000Z-0a1b2c3d-2.mp4")
    assert export_key("chzzk:c1:1002", ORDERED.export_id) != key
    assert state_key_of("exports/elsewhere.mp4") is None


@pytest.mark.parametrize("export_id", ["", "..", "../../media/x", "20261122T030000Z-0a1b2c3d/x", "20261122T030000Z-"])
def test_an_id_that_can_be_none_leads_nowhere(export_id: str) -> None:
    with pytest.raises(NotFound):
        export_key("chzzk:c1:1001", export_id)
