"""The commands that pause, resume, check and set a streamer, as the person at the keyboard sees them."""

import json
import re
from datetime import UTC, datetime

import pytest

from mntreamer.api.resources.streamers import streamer_view
from mntreamer.domain.errors import PlatformError
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.schedule.habit_text import to_text
from mntreamer.domain.schedule.schedule import Schedule
from tests.contract.records import NOON, a_streamer, minutes
from tests.integration.local.test_cli import A, B, Run, _api, run
from tests.integration.usecases.conftest import World, world
from tests.integration.usecases.episodes import record
from tests.unit.domain.schedule.habits import TUESDAY, habit_of

__all__ = ["_api", "run", "world"]


@pytest.mark.usefixtures("_api")
class TestPausingAndResuming:
    def test_nobody_checks_it_until_it_is_resumed(self, run: Run, world: World) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시", check_at=NOON))

        assert run("pause", "chzzk", "예시") == (0, "예시 is paused\n", "")
        assert [due.streamer_id for due in world.due] == ["chzzk:c1"]
        assert "paused" in run("list").out
        assert run("resume", "chzzk", A) == (0, "예시 is watched: it is checked at once\n", "")

    def test_a_recording_that_is_under_way_is_finished(self, run: Run, world: World) -> None:
        record(world)

        assert "what is being recorded is recorded to its end" in run("pause", "chzzk", "c1").out
        assert "recording, then paused" in run("list").out
        assert "it is being recorded" in run("resume", "chzzk", "c1").out

    @pytest.mark.parametrize("command", ["pause", "resume", "check"])
    def test_programs_get_the_streamer(self, run: Run, world: World, command: str) -> None:
        answered = run(command, "chzzk", "c1", "--json")

        assert json.loads(answered.out) == streamer_view(world.ports, world.streamer)


@pytest.mark.usefixtures("_api")
class TestChecking:
    def test_at_once(self, run: Run, world: World) -> None:
        world.ports.monitors.update("chzzk:c1", {"check_at": NOON + minutes(50)})

        assert run("check", "chzzk", "c1").out.endswith(": it is checked at once\n")
        assert world.streamer.check_at == NOON

    def test_within_the_platforms_floor_it_says_when(
        self, run: Run, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.now[0] = datetime.now(UTC)
        world.tick()
        monkeypatch.setattr(world.platform, "floor", minutes(10))

        assert re.search(r": it is checked at [\d: -]*\d\d:\d\d:\d\d$", run("check", "chzzk", "c1").out)

    def test_while_it_is_looked_at(self, run: Run, world: World) -> None:
        world.ports.monitors.update("chzzk:c1", {"status": StreamerStatus.PROCESS})

        assert run("check", "chzzk", "c1").out.endswith(": it is being checked\n")

    def test_one_who_is_paused_is_refused(self, run: Run) -> None:
        run("pause", "chzzk", "c1")

        refused = run("check", "chzzk", "c1")

        assert (refused.code, refused.out) == (1, "")
        assert "is paused; resume it" in refused.err


@pytest.mark.usefixtures("_api")
class TestSetting:
    def test_what_is_set_is_shown_once_anybody_has_it(self, run: Run, world: World) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시"))
        before = run("list").out.splitlines()[0]

        titles, facts = run("set", "chzzk", "예시", "--priority", "-5", "--max-height", "720").out.splitlines()
        of_others = next(line for line in run("list").out.splitlines() if line.endswith("  c1"))

        assert before.endswith("  recorded  channel id")
        assert titles.endswith("  recorded  priority  max height  channel id")
        assert facts.split()[-3:] == ["-5", "720", A]
        assert of_others.split()[-3:] == ["0", "0", "c1"]

    @pytest.mark.parametrize(("said", "stored"), [("best", 4320), ("default", None), ("144", 144)])
    def test_heights_have_names(self, run: Run, world: World, said: str, stored: int | None) -> None:
        world.ports.monitors.update("chzzk:c1", {"max_height": 720, "priority": 3})

        answered = json.loads(run("set", "chzzk", "c1", "--max-height", said, "--json").out)

        assert (answered["max_height"], answered["priority"]) == (stored, 3)
        assert world.streamer.max_height == stored

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            ([], "at least one"),
            (["--priority", "101"], "100"),
            (["--priority", "-101"], "-100"),
            (["--priority", "high"], "integer"),
            (["--recorders", "3"], "default"),
            (["--max-height", "143"], "144"),
            (["--max-height", "4321"], "4320"),
            (["--max-height", "720p"], "720p"),
            (["--max-height", ""], "best"),
        ],
    )
    def test_nonsense_is_wrong_usage(self, run: Run, world: World, options: list[str], says: str) -> None:
        before = world.streamer

        refused = run("set", "chzzk", "c1", *options)

        assert (refused.code, refused.out) == (2, "")
        assert says in refused.err
        assert world.streamer == before

    def test_a_name_of_two_comes_as_the_commands_to_choose_from(self, run: Run, world: World) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시"))
        world.ports.monitors.add(a_streamer(B, channel_name="예시"))

        refused = run("set", "chzzk", "예시", "--priority", "1", "--max-height", "best")

        assert refused.err.splitlines()[1] == f"  mntreamer set chzzk {A} --priority=1 --max-height=best  # 예시"


@pytest.mark.usefixtures("_api")
def test_one_that_cannot_be_checked_says_so_and_why(run: Run, world: World) -> None:
    world.platform.shows["c1"] = PlatformError("HTTP 500")
    world.tick()

    _, facts, why = run("list").out.splitlines()

    assert "  check failed  " in facts
    assert why.endswith(": HTTP 500")


@pytest.mark.usefixtures("_api")
class TestSchedule:
    def test_one_that_is_listed_alone_is_shown_with_its_week(self, run: Run, world: World) -> None:
        kept = to_text(habit_of(112, weekdays=[TUESDAY], spread_min=0))
        world.ports.monitors.update("chzzk:c1", {"habit": kept, "looks": 140.0, "looked_days": 2.0})

        lines = run("list", "chzzk", "c1").out.splitlines()

        assert "next check: usually starts 20:05 ± 5 min on Tue" in lines
        assert "checked 70 times a day lately" in lines
        [tuesday] = [line for line in lines if line.startswith("Tue ")]
        assert tuesday[4:].index("█") == 20
        [wednesday] = [line for line in lines if line.startswith("Wed ")]
        assert wednesday[4:].strip("·▁") == ""

    def test_it_can_be_given_a_schedule_of_its_own(self, run: Run, world: World) -> None:
        assert run("set", "chzzk", "c1", "--schedule", "stepped").code == 0
        assert world.streamer.schedule is Schedule.STEPPED
        assert run("set", "chzzk", "c1", "--schedule", "default").code == 0
        assert world.streamer.schedule is None

    def test_another_schedule_is_refused(self, run: Run) -> None:
        refused = run("set", "chzzk", "c1", "--schedule", "weekly")

        assert refused.code == 2
        assert "--schedule" in refused.err
