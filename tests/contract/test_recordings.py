from dataclasses import replace
from datetime import date

import pytest

from mntreamer.domain.recordings.library import Shelved
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.recordings.recording_order import place_of
from mntreamer.ports import Recordings
from tests.contract.at_once import at_once
from tests.contract.records import NOON, a_recording, minutes

DAY = date(2026, 11, 22)
RECORDING, IDLE, DONE = RecordingStatus.RECORDING, RecordingStatus.IDLE, RecordingStatus.DONE
TERMINATED = RecordingStatus.TERMINATED


def opened(recordings: Recordings, recording: Recording) -> Recording:
    stored = recordings.open(recording, DAY)
    assert stored
    return stored


def _all_pages(recordings: Recordings, limit: int) -> list[Recording]:
    listed = page = recordings.newest([RECORDING, IDLE, DONE], limit)
    while page:
        page = recordings.newest([RECORDING, IDLE, DONE], limit, place_of(page[-1]))
        listed = listed + page
    return listed


class TestRecordings:
    def test_a_recording_comes_back_as_it_was_stored(self, recordings: Recordings) -> None:
        bare = a_recording("1")
        full = a_recording(
            "2",
            n=2,
            status=IDLE,
            max_height=1080,
            fruitless_launches=0,
            first_segment_at=NOON + minutes(1),
            last_segment_at=NOON + minutes(9),
            ended_at=NOON + minutes(10),
            closed_at=NOON + minutes(15),
            segments=97,
            duration_s=581.9660000000001,
            size_bytes=2**41,
            lost_segments=1,
            stopped_at=NOON + minutes(10),
            deleted_at=NOON + minutes(20),
            restores_to=DONE,
            purge_at=NOON + minutes(30),
            purge_began_at=NOON + minutes(31),
            purged_at=NOON + minutes(32),
        )
        for recording in (bare, full):
            assert recordings.open(recording, DAY) == recording
            assert recordings.get(recording.recording_id) == recording

    def test_what_is_not_there_is_none(self, recordings: Recordings) -> None:
        assert recordings.get("chzzk:c1:0") is None
        assert recordings.update("chzzk:c1:0", {"segments": 1}, {}) is None
        assert recordings.get("chzzk:c1:0") is None
        assert recordings.count_of_day("chzzk:c1", DAY) == 0

    def test_opening_counts_by_streamer_and_day(self, recordings: Recordings) -> None:
        opened(recordings, a_recording("1", n=1))
        opened(recordings, a_recording("2", n=2))
        opened(recordings, a_recording("1", channel_id="c2", n=1))
        assert recordings.open(a_recording("3", n=1), date(2026, 11, 23))
        assert recordings.count_of_day("chzzk:c1", DAY) == 2
        assert recordings.count_of_day("chzzk:c2", DAY) == 1
        assert recordings.count_of_day("chzzk:c1", date(2026, 11, 23)) == 1
        assert recordings.count_of_day("chzzk:c1", date(2026, 11, 24)) == 0

    def test_a_taken_key_is_not_opened_again(self, recordings: Recordings) -> None:
        first = opened(recordings, a_recording(title="first"))
        assert recordings.open(a_recording(title="second", n=2), DAY) is None
        assert recordings.get(first.recording_id) == first
        assert recordings.count_of_day("chzzk:c1", DAY) == 1

    def test_another_number_than_the_next_opens_nothing(self, recordings: Recordings) -> None:
        assert recordings.open(a_recording("1", n=2), DAY) is None
        assert recordings.count_of_day("chzzk:c1", DAY) == 0
        opened(recordings, a_recording("1", n=1))
        for wrong in (1, 3):
            assert recordings.open(a_recording("2", n=wrong), DAY) is None
        assert recordings.get("chzzk:c1:2") is None
        assert recordings.count_of_day("chzzk:c1", DAY) == 1

    def test_of_many_who_open_one_live_session_one_does(self, recordings: Recordings) -> None:
        answers = at_once(lambda number: recordings.open(a_recording(title=f"by {number}"), DAY))
        assert [answer for answer in answers if answer] == [recordings.get("chzzk:c1:1001")]
        assert recordings.count_of_day("chzzk:c1", DAY) == 1

    def test_of_many_who_take_one_number_one_gets_it(self, recordings: Recordings) -> None:
        answers = at_once(lambda number: recordings.open(a_recording(str(number), n=1), DAY))
        assert sum(answer is not None for answer in answers) == 1
        assert len(recordings.newest([RECORDING], 10)) == 1
        assert recordings.count_of_day("chzzk:c1", DAY) == 1

    def test_an_alias_leads_to_its_recording_as_it_is_now(self, recordings: Recordings) -> None:
        opened(recordings, a_recording("1"))
        for _ in range(2):
            recordings.add_alias("chzzk:c1:2", "chzzk:c1:1")
        recordings.update("chzzk:c1:1", {"title": "later"}, {})
        found = recordings.get("chzzk:c1:2")
        assert found == recordings.get("chzzk:c1:1")
        assert found == a_recording("1", title="later")

    def test_an_alias_takes_its_key_and_is_no_recording(self, recordings: Recordings) -> None:
        opened(recordings, a_recording("1"))
        recordings.add_alias("chzzk:c1:2", "chzzk:c1:1")
        assert recordings.open(a_recording("2", n=2), DAY) is None
        assert recordings.update("chzzk:c1:2", {"segments": 7}, {}) is None
        assert recordings.newest(list(RecordingStatus), 10) == [a_recording("1")]
        assert recordings.count_of_day("chzzk:c1", DAY) == 1

    def test_a_key_keeps_leading_where_it_led_first(self, recordings: Recordings) -> None:
        first = opened(recordings, a_recording("1"))
        second = opened(recordings, a_recording("2", n=2))
        recordings.add_alias("chzzk:c1:2", "chzzk:c1:1")
        assert recordings.get("chzzk:c1:2") == second
        recordings.add_alias("chzzk:c1:3", "chzzk:c1:1")
        recordings.add_alias("chzzk:c1:3", "chzzk:c1:2")
        assert recordings.get("chzzk:c1:3") == first

    def test_update_sets_what_it_names_and_answers_with_all(self, recordings: Recordings) -> None:
        before = opened(recordings, a_recording(ended_at=NOON, closed_at=NOON))
        after = recordings.update(
            before.recording_id,
            {"ended_at": None, "closed_at": None, "status": IDLE, "duration_s": 0.1, "category": ""},
            {"generation": 1, "lease_until": before.lease_until, "duration_s": 0.0},
        )
        expected = replace(before, ended_at=None, closed_at=None, status=IDLE, duration_s=0.1)
        assert after == expected
        assert recordings.get(before.recording_id) == expected

    def test_an_expectation_that_fails_changes_nothing(self, recordings: Recordings) -> None:
        before = opened(recordings, a_recording())
        for expect in ({"generation": 2}, {"ended_at": NOON}, {"generation": 1, "status": DONE}):
            assert recordings.update(before.recording_id, {"segments": 5}, expect) is None  # type: ignore[arg-type]
        assert recordings.get(before.recording_id) == before

    def test_of_many_who_raise_the_generation_one_does(self, recordings: Recordings) -> None:
        recording_id = opened(recordings, a_recording()).recording_id
        answers = at_once(
            lambda number: recordings.update(
                recording_id, {"generation": 2, "title": f"by {number}"}, {"generation": 1}
            )
        )
        assert [answer for answer in answers if answer] == [recordings.get(recording_id)]

    def test_newest_are_of_these_states_and_newest_first(self, recordings: Recordings) -> None:
        states = [IDLE, RECORDING, DONE, IDLE, RECORDING, DONE]
        stored = [
            opened(recordings, a_recording(str(n), n=n, status=status, started_at=NOON + minutes(n)))
            for n, status in enumerate(states, start=1)
        ]
        assert recordings.newest([IDLE], 10) == [stored[3], stored[0]]
        assert recordings.newest([IDLE, RECORDING], 10) == [stored[4], stored[3], stored[1], stored[0]]
        assert recordings.newest([IDLE, RECORDING], 3) == [stored[4], stored[3], stored[1]]
        assert recordings.newest(list(RecordingStatus), 2) == [stored[5], stored[4]]
        assert recordings.newest([RecordingStatus.FAILED], 10) == []
        assert recordings.newest([], 10) == []

    @pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 50])
    def test_page_by_page_newest_skips_and_repeats_nothing(self, recordings: Recordings, limit: int) -> None:
        """Also of those that started at once, in several states."""
        starts = [5, 4, 4, 4, 4, 3, 2, 2, 1]
        states = [RECORDING, IDLE, DONE, RECORDING, IDLE, IDLE, RECORDING, IDLE, DONE]
        stored = [
            opened(
                recordings, a_recording(str(n), channel_id=f"c{n}", status=state, started_at=NOON + minutes(start))
            )
            for n, (start, state) in enumerate(zip(starts, states, strict=True))
        ]
        paged = _all_pages(recordings, limit)
        assert paged == stored
        assert recordings.newest([DONE], limit, place_of(stored[1])) == [stored[2], stored[8]][:limit]

    def test_what_changes_its_state_between_two_pages_is_listed_once(self, recordings: Recordings) -> None:
        stored = [opened(recordings, a_recording(str(n), n=n, started_at=NOON - minutes(n))) for n in range(1, 5)]
        page = recordings.newest([RECORDING, IDLE], 2)
        for recording in (stored[0], stored[2]):
            recordings.update(recording.recording_id, {"status": IDLE}, {})
        rest = recordings.newest([RECORDING, IDLE], 2, place_of(page[-1]))
        assert [recording.live_id for recording in page + rest] == ["1", "2", "3", "4"]

    def test_the_library_is_in_order_of_its_prefixes(self, recordings: Recordings) -> None:
        shelf = "media/chzzk/a.1/2026/11/"
        prefixes = [
            f"{shelf}22/1/",
            f"{shelf}22/2/",
            "media/chzzk/가.2/2026/11/22/1/",
            "media/chzzk/🎮.3/2026/11/22/1/",
        ]
        for n, prefix in reversed(list(enumerate(prefixes))):
            opened(recordings, a_recording("1", channel_id=f"c{n}", prefix=prefix))
        entries = [Shelved(prefix, f"chzzk:c{n}:1") for n, prefix in enumerate(prefixes)]
        assert recordings.shelved("chzzk", "media/chzzk/", "", 10) == entries
        assert recordings.shelved("chzzk", "media/chzzk/", "", 3) == entries[:3]
        assert recordings.shelved("chzzk", "media/chzzk/", prefixes[1], 10) == entries[2:]
        assert recordings.shelved("chzzk", shelf, "", 10) == entries[:2]
        assert recordings.shelved("chzzk", shelf, prefixes[0], 10) == entries[1:2]
        assert recordings.shelved("chzzk", "media/chzzk/b.9/", "", 10) == []
        assert recordings.shelved("twitch", "media/twitch/", "", 10) == []

    def test_what_is_deleted_leaves_the_library_until_it_is_restored(self, recordings: Recordings) -> None:
        before = opened(recordings, a_recording(status=IDLE))
        recordings.add_alias("chzzk:c1:1002", before.recording_id)
        entry = Shelved(before.prefix, before.recording_id)

        deleted = recordings.update(before.recording_id, {"status": TERMINATED}, {"status": IDLE})
        assert deleted == replace(before, status=TERMINATED)
        assert recordings.get("chzzk:c1:1002") == deleted
        assert recordings.newest([TERMINATED], 10) == [deleted]
        assert recordings.shelved("chzzk", "media/chzzk/", "", 10) == []
        recordings.update(before.recording_id, {"size_bytes": 0}, {})
        assert recordings.shelved("chzzk", "media/chzzk/", "", 10) == []

        recordings.update(before.recording_id, {"status": IDLE, "size_bytes": before.size_bytes}, {})
        assert recordings.shelved("chzzk", "media/chzzk/", "", 10) == [entry]
        assert recordings.get(before.recording_id) == before

    def test_what_is_stored_as_deleted_is_not_in_the_library(self, recordings: Recordings) -> None:
        stored = opened(recordings, a_recording(status=TERMINATED))
        assert recordings.get(stored.recording_id) == stored
        assert recordings.shelved("chzzk", "media/chzzk/", "", 10) == []

    def test_a_changed_state_moves_it_between_the_lists(self, recordings: Recordings) -> None:
        recording_id = opened(recordings, a_recording()).recording_id
        closed = recordings.update(recording_id, {"status": IDLE}, {"status": RECORDING})
        assert recordings.newest([RECORDING], 10) == []
        assert recordings.newest([IDLE], 10) == [closed]

    def test_what_is_due_to_be_purged_comes_longest_due_first_and_nothing_else(self, recordings: Recordings) -> None:
        due_in = {"1": 3, "2": -1, "3": -5, "4": 0, "5": None, "6": -2}
        states = {"2": IDLE, "3": DONE, "6": RECORDING}
        ids = {
            live_id: opened(
                recordings,
                a_recording(
                    live_id,
                    n=n,
                    status=states.get(live_id, RecordingStatus.TERMINATED),
                    purge_at=None if due is None else NOON + minutes(due),
                ),
            ).recording_id
            for n, (live_id, due) in enumerate(due_in.items(), start=1)
        }

        assert recordings.due_purges(NOON, 10) == [ids["3"], ids["2"], ids["4"]]
        assert recordings.due_purges(NOON, 2) == [ids["3"], ids["2"]]
        assert recordings.due_purges(NOON - minutes(9), 10) == []

    def test_what_was_purged_is_due_no_more(self, recordings: Recordings) -> None:
        doomed = opened(recordings, a_recording(status=RecordingStatus.TERMINATED, purge_at=NOON))
        recordings.update(doomed.recording_id, {"purge_at": None, "purged_at": NOON}, {"purge_at": NOON})

        assert recordings.due_purges(NOON, 10) == []
