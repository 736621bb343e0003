from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.waiting import wait_for
from mntreamer.domain.errors import LaunchFailed
from tests.contract.exporters import WITHIN_S, Children, Exporters, ExporterTasks
from tests.contract.recorders import Tasks

KEY = "exports/0a1b/20261122T030000Z-0a1b2c3d.json"
OTHER = KEY.replace("3d.json", "3e.json")
THIRD = KEY.replace("3d.json", "3f.json")


@pytest.fixture
def exporter_tasks(tasks: Tasks) -> ExporterTasks:
    return ExporterTasks(tasks.client)


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    children = Children(tmp_path)
    yield children
    children.launcher.close()


@pytest.fixture(params=["exporter_tasks", "children"])
def exporters(request: pytest.FixtureRequest) -> Exporters:
    found: Exporters = request.getfixturevalue(request.param)
    return found


class TestExportLauncher:
    def test_a_launch_starts_the_exporter_of_that_attempt(self, exporters: Exporters) -> None:
        exporters.launcher.launch(KEY, 2)
        assert exporters.started(1) == [(KEY, 2)]

    def test_repeating_a_launch_starts_no_second_one(self, exporters: Exporters) -> None:
        for _ in range(3):
            exporters.launcher.launch(KEY, 1)
        exporters.launcher.launch(OTHER, 1)
        assert exporters.started(2) == [(KEY, 1), (OTHER, 1)]

    def test_other_attempts_and_exports_have_exporters_of_their_own(self, exporters: Exporters) -> None:
        wanted = [(KEY, 1), (KEY, 2), (OTHER, 1)]
        for key, attempt in wanted:
            exporters.launcher.launch(key, attempt)
        assert exporters.started(3) == wanted

    def test_what_cannot_be_started_is_said(self, exporters: Exporters) -> None:
        with pytest.raises(LaunchFailed):
            exporters.broken.launch(KEY, 1)
        exporters.launcher.launch(KEY, 1)
        assert exporters.started(1) == [(KEY, 1)]


class TestChildren:
    def test_two_run_at_once_and_a_third_waits_its_turn(self, children: Children) -> None:
        children.stay()
        children.launcher.launch(KEY, 1)
        children.launcher.launch(OTHER, 1)
        assert len(children.started(2)) == 2
        children.launcher.launch(THIRD, 1)
        wait_for("it says that it waits", lambda: children.waiting.count((THIRD, 1)) > 1 or None, WITHIN_S)
        assert len(children.started(2)) == 2

        children.leave()
        assert len(children.started(3)) == 3
        assert {key for key, _ in children.waiting} == {THIRD}

    def test_one_that_is_not_wanted_any_more_is_not_started(self, children: Children) -> None:
        children.stay()
        children.launcher.launch(KEY, 1)
        children.launcher.launch(OTHER, 1)
        children.started(2)
        children.unwanted.add(THIRD)
        children.launcher.launch(THIRD, 1)
        wait_for("it asks", lambda: children.waiting or None, WITHIN_S)

        children.leave()
        wait_for("both end", lambda: len(children.ended) == 2 or None, WITHIN_S)
        children.launcher.close()
        assert sorted(children.started(2)) == [(KEY, 1), (OTHER, 1)]

    def test_closing_ends_those_that_run_and_starts_none_that_wait(self, children: Children) -> None:
        children.stay()
        for key in (KEY, OTHER):
            children.launcher.launch(key, 1)
        children.started(2)
        children.launcher.launch(THIRD, 1)
        children.launcher.close()
        assert sorted(children.ended) == [KEY, OTHER]
        assert len(children.started(2)) == 2
