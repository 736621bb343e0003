"""The commands that cut and undo, as the person at the keyboard sees them."""

import json

import pytest

from tests.integration.local.test_cli import Run, _api, run
from tests.integration.local.test_web_cuts import _published, _record
from tests.integration.usecases.conftest import World, world

__all__ = ["_api", "run", "world"]
ID = "chzzk:c1:1001"


@pytest.mark.usefixtures("_api")
class TestCutting:
    def test_tells_what_is_cut_out_and_how_to_bring_it_back(self, run: Run, world: World) -> None:
        _record(world)

        made = run("cut", ID, "0:10", "20.5")
        first, undo = made.out.splitlines()

        assert first == "0:00:12.0 to 0:00:24.0 of the source is cut out; 0:01:00.0 is played"
        assert undo.startswith("to bring it back: mntreamer undo 1001 ")
        cut_id = undo.split()[-1]
        assert run("cuts", ID).out == f"{cut_id}  0:00:12.0 to 0:00:24.0\n0:01:00.0 of 0:01:00.0 is played\n"
        assert run("undo", ID, cut_id) == (0, "nothing is cut out; 0:01:00.0 of 0:01:00.0 is played\n", "")

    def test_all_are_undone_where_none_is_named(self, run: Run, world: World) -> None:
        _record(world)
        run("cut", ID, "0", "6")
        run("cut", ID, "0:00:30", "36", "--timeline", "source")

        assert [segment.gap_tag for segment in _published(world).segments].count(True) == 2
        assert json.loads(run("undo", ID, "--json").out)["cuts"] == []
        assert [segment.gap_tag for segment in _published(world).segments].count(True) == 0

    def test_an_empty_word_is_no_cut_and_does_not_mean_all_of_them(self, run: Run, world: World) -> None:
        _record(world)
        run("cut", ID, "0", "6")

        assert run("undo", ID, "").code == 2
        assert run("unmark", ID, "").code == 2
        assert len(json.loads(run("cuts", ID, "--json").out)["cuts"]) == 1

    def test_what_the_server_refuses_is_said(self, run: Run, world: World) -> None:
        _record(world)

        refused = run("cut", ID, "50", "1:00:00")

        assert (refused.code, refused.out) == (1, "")
        assert "beyond the end" in refused.err
        assert run("undo", ID, "nothing").code == 4
        assert run("cuts", "chzzk:c1:7").code == 4

    @pytest.mark.parametrize("time", ["", "soon", "1:", "1:2:3:4", "nan", "1e5", "\u0661"])
    def test_what_is_no_time_is_wrong_usage(self, run: Run, time: str) -> None:
        assert run("cut", ID, time, "10").code == 2
