"""A log tells of what lasts once a minute, and of what is new at once."""

from mntreamer.recorder.complaints import Complaints


def test_what_lasts_is_said_once_a_minute_and_what_is_new_at_once() -> None:
    said: list[tuple[float, str]] = []
    now_s = 0.0
    complaints = Complaints(lambda text: said.append((now_s, text)), lambda: now_s)

    for step in range(300):
        now_s = step / 2
        complaints.make("gone" if now_s < 100 else "silent")

    assert said == [(0.0, "gone"), (60.0, "gone"), (100.0, "silent")]


def test_what_comes_and_goes_is_said_no_more_often() -> None:
    said: list[str] = []
    now_s = 0.0
    complaints = Complaints(said.append, lambda: now_s)

    for step in range(100):
        now_s = step / 2
        complaints.make("gone" if step % 2 else "silent")

    assert said == ["silent", "gone"]
