from dataclasses import replace

from mntreamer.domain.monitors.platform_state import PlatformState
from mntreamer.ports import PlatformStates
from tests.contract.at_once import at_once
from tests.contract.records import NOON, minutes


class TestPlatformStates:
    def test_a_platform_begins_fresh(self, platform_states: PlatformStates) -> None:
        assert platform_states.get("chzzk") == PlatformState("chzzk")

    def test_reading_again_changes_nothing(self, platform_states: PlatformStates) -> None:
        platform_states.get("chzzk")
        changed = platform_states.update("chzzk", {"blocks": 1, "reason": "HTTP 429"}, {"blocks": 0})
        assert changed == PlatformState("chzzk", blocks=1, reason="HTTP 429")
        assert platform_states.get("chzzk") == changed

    def test_update_sets_what_it_names_and_answers_with_all(self, platform_states: PlatformStates) -> None:
        before = platform_states.get("chzzk")
        full = replace(
            before,
            next_turn_at=NOON + minutes(1),
            blocks=7,
            paused_until=NOON + minutes(60),
            trial_until=NOON + minutes(61),
            reason="이유",
            login_expired_at=NOON - minutes(1),
        )
        written = platform_states.update(
            "chzzk",
            {
                "next_turn_at": full.next_turn_at,
                "blocks": full.blocks,
                "paused_until": full.paused_until,
                "trial_until": full.trial_until,
                "reason": full.reason,
                "login_expired_at": full.login_expired_at,
            },
            {"blocks": 0, "paused_until": None},
        )
        assert written == platform_states.get("chzzk") == full
        cleared = platform_states.update(
            "chzzk", {"reason": None, "paused_until": None}, {"paused_until": full.paused_until, "blocks": 7}
        )
        assert cleared == platform_states.get("chzzk") == replace(full, reason=None, paused_until=None)

    def test_an_expectation_that_fails_changes_nothing(self, platform_states: PlatformStates) -> None:
        platform_states.get("chzzk")
        before = platform_states.update("chzzk", {"blocks": 1, "paused_until": NOON}, {})
        assert platform_states.update("chzzk", {"blocks": 9}, {"blocks": 0}) is None
        assert platform_states.update("chzzk", {"blocks": 9}, {"paused_until": None}) is None
        assert platform_states.update("chzzk", {"blocks": 9}, {"blocks": 1, "trial_until": NOON}) is None
        assert platform_states.get("chzzk") == before

    def test_platforms_are_apart(self, platform_states: PlatformStates) -> None:
        for name in ("chzzk", "soop"):
            platform_states.get(name)
        platform_states.update("chzzk", {"blocks": 1}, {})
        assert platform_states.get("soop") == PlatformState("soop")

    def test_what_was_never_read_is_not_updated(self, platform_states: PlatformStates) -> None:
        assert platform_states.update("chzzk", {"blocks": 1}, {"blocks": 0}) is None
        assert platform_states.get("chzzk") == PlatformState("chzzk")

    def test_of_many_who_write_under_the_same_state_one_does(self, platform_states: PlatformStates) -> None:
        at_once(lambda _: platform_states.get("chzzk"))
        written = at_once(
            lambda number: platform_states.update(
                "chzzk", {"next_turn_at": NOON + minutes(number)}, {"next_turn_at": None}
            )
        )
        assert [state for state in written if state] == [platform_states.get("chzzk")]
