from datetime import timedelta

from mntreamer.domain.monitors.due import Due, due_of, in_order, is_too_soon
from mntreamer.domain.monitors.sharing_out import shares_of_others
from mntreamer.domain.monitors.streamer import may_be_probed_at
from tests.contract.records import NOON, a_streamer

MINUTE = timedelta(minutes=1)


def _due(number: int, platform: str = "chzzk", priority: int = 0) -> Due:
    return Due(f"{platform}:{number}", platform, priority, 0, NOON - timedelta(seconds=number))


def test_the_urgent_come_first_then_who_waited_longest() -> None:
    ordered = in_order([_due(1), _due(2), _due(0, priority=1), _due(9, priority=-1)])

    assert [due.streamer_id for due in ordered] == ["chzzk:0", "chzzk:2", "chzzk:1", "chzzk:9"]


def test_who_is_not_looked_at_is_never_due() -> None:
    assert due_of(a_streamer(check_at=None)) is None


def test_the_floor_lies_between_two_probes() -> None:
    probed = due_of(a_streamer(probed_at=NOON))
    never = due_of(a_streamer())
    assert probed
    assert never
    floor = timedelta(seconds=10)

    assert is_too_soon(probed, NOON + timedelta(seconds=9.999), floor)
    assert not is_too_soon(probed, NOON + floor, floor)
    assert not is_too_soon(never, NOON, floor)
    assert not is_too_soon(probed, NOON - timedelta(days=1), floor)


def test_a_probe_that_a_wrong_clock_put_into_the_future_keeps_nobody_waiting() -> None:
    floor = timedelta(seconds=10)

    assert may_be_probed_at(a_streamer(probed_at=NOON + timedelta(days=30)), NOON, floor) == NOON
    assert may_be_probed_at(a_streamer(probed_at=NOON - timedelta(seconds=4)), NOON, floor) == NOON + timedelta(
        seconds=6
    )


class TestSharingOut:
    def test_what_one_worker_can_do_is_not_handed_on(self) -> None:
        assert shares_of_others([_due(n) for n in range(100)], {"chzzk": None}, MINUTE, share=100) == []

    def test_the_rest_goes_to_as_many_workers_as_it_takes_each_with_some_of_the_urgent(self) -> None:
        due = [_due(number) for number in range(1000)]

        shares = shares_of_others(due, {"chzzk": None}, MINUTE, share=300)

        assert [len(share) for share in shares] == [234, 233, 233]
        assert sorted(due[300:], key=str) == sorted((d for share in shares for d in share), key=str)
        assert [share[0] for share in shares] == due[300:303]

    def test_what_a_platforms_rate_leaves_no_room_for_is_not_handed_on(self) -> None:
        due = [_due(number) for number in range(2000)] + [_due(number, "other") for number in range(50)]

        shares = shares_of_others(due, {"chzzk": 14.0, "other": None}, MINUTE, share=100)

        handed_on = [monitor for share in shares for monitor in share]
        assert sum(monitor.platform == "chzzk" for monitor in handed_on) == 14 * 60 - 100
        assert sum(monitor.platform == "other" for monitor in handed_on) == 50
