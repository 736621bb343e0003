"""Whatever a platform tells as a title fits on one line of a text file."""

import pytest

from mntreamer.domain.monitors.topic import LONGEST_TOPIC, Topic, topic_of


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("  오늘은 메이플  ", "오늘은 메이플"),
        ('say "hi", all', 'say "hi", all'),
        ("one\r\n#EXT-X-ENDLIST\ntwo\u2028three\x85four", "one #EXT-X-ENDLIST two three four"),
        ("bell\x07 null\x00 escape\x1b[2J", "bell null escape[2J"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("👩‍👩‍👧 🎮", "👩‍👩‍👧 🎮"),
        ("가", "가"),
        ("", ""),
    ],
)
def test_a_title_is_one_line_of_text(told: str, kept: str) -> None:
    topic = topic_of(told, told)

    assert topic == Topic(kept, kept)
    assert topic.title.encode().decode() == kept


@pytest.mark.parametrize("letter", ["x", "🎮", "é", '"', "가"])
def test_ten_kilobytes_are_cut(letter: str) -> None:
    assert topic_of(letter * 10_000, "talk").title == letter * LONGEST_TOPIC
