"""A chapter begins where the topic becomes another, once, however many noted it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.recordings.chapter import Chapter, in_order, opening_of, with_topic
from tests.contract.records import NOON, a_recording, minutes

TALK, GAME = Topic("hello", "talk"), Topic("hello", "game")
CHAPTERS = st.lists(
    st.builds(Chapter, st.integers(0, 20).map(lambda at: NOON + minutes(at)), st.sampled_from([TALK, GAME]))
)


def test_the_first_is_what_it_was_opened_with() -> None:
    recording = a_recording(title="one\ntwo", category="talk")

    assert opening_of(recording) == Chapter(recording.opened_at, Topic("one two", "talk"))


def test_the_same_topic_again_begins_no_chapter_and_an_earlier_one_does() -> None:
    chapters = (Chapter(NOON, TALK),)

    assert with_topic(chapters, TALK, NOON + minutes(2)) == chapters
    there = with_topic(chapters, GAME, NOON + minutes(4))
    back = with_topic(there, TALK, NOON + minutes(6))

    assert [chapter.topic for chapter in back] == [TALK, GAME, TALK]


def test_of_two_who_see_a_change_the_first_is_right_about_its_time() -> None:
    one = with_topic((Chapter(NOON, TALK),), GAME, NOON + minutes(3))
    other = with_topic((Chapter(NOON, TALK),), GAME, NOON + minutes(2))

    assert in_order([*one, *other]) == other


@given(CHAPTERS, CHAPTERS)
def test_whoever_puts_them_together_again_changes_nothing(one: list[Chapter], other: list[Chapter]) -> None:
    together = in_order([*one, *other])

    assert in_order([*together, *together]) == in_order([*other, *together]) == together
    assert all(before.topic != after.topic for before, after in pairwise(together))
