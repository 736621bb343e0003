import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from mntreamer.recorder.pool import Pool
from mntreamer_local.serving.log import Lines, Repetitions, about, name_subject

HOUR_S = 3600


class Heard:
    """What passes of the records given to one filter, as a person reads it."""

    def __init__(self) -> None:
        self._repetitions = Repetitions()
        self.texts: list[str] = []

    def say(self, text: str, at_s: float, level: int = logging.WARNING, name: str = "mntreamer") -> None:
        record = logging.LogRecord(name, level, "file.py", 1, "%s cannot be probed: 100%%", (text,), None)
        record.created = at_s
        name_subject(record)
        if self._repetitions.filter(record):
            self.texts.append(record.getMessage().removesuffix(" cannot be probed: 100%"))


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_a_warning_that_comes_every_minute_is_said_once_an_hour_with_its_number(heard: Heard) -> None:
    for minute in range(125):
        heard.say("a", minute * 60)
    assert len(heard.texts) == 3
    assert heard.texts[0] == "a"
    for text in heard.texts[1:]:
        assert text.startswith("a cannot be probed: 100% (60 times since ")


def test_what_is_said_of_another_or_by_another_or_otherwise_passes(heard: Heard) -> None:
    heard.say("a", 0)
    heard.say("b", 60)
    heard.say("a", 60, name="mntreamer_local")
    heard.say("a", 120)
    assert heard.texts == ["a", "b", "a"]


def test_a_warning_that_came_once_comes_without_a_number(heard: Heard) -> None:
    heard.say("a", 0)
    heard.say("a", HOUR_S)
    assert heard.texts == ["a", "a"]


def test_what_ended_long_ago_begins_anew(heard: Heard) -> None:
    heard.say("a", 0)
    heard.say("a", 60)
    heard.say("b", 4 * HOUR_S)
    heard.say("a", 4 * HOUR_S + 1)
    assert heard.texts == ["a", "b", "a"]


def test_events_are_all_said(heard: Heard) -> None:
    for second in range(3):
        heard.say("a", second, level=logging.INFO)
    assert heard.texts == ["a", "a", "a"]


def _said(text: str = "%d%% are there", *values: object) -> str:
    """What a person reads of a record that is made here and now."""
    record = logging.LogRecord("mntreamer", logging.INFO, "file.py", 1, text, values or (100,), None)
    assert name_subject(record)
    return record.getMessage()


class TestSubjects:
    def test_stand_in_front_of_what_is_said_of_them(self) -> None:
        with about("chzzk:100%:1001 #2"):
            assert _said() == "chzzk:100%:1001 #2 100% are there"
        assert _said() == "100% are there"

    def test_are_each_thread_s_own(self) -> None:
        both = Barrier(2)

        def say(subject: str) -> str:
            with about(subject):
                both.wait(timeout=30)
                return _said("it leaves %s", subject)

        with ThreadPoolExecutor(2) as threads:
            assert list(threads.map(say, ["a", "b"])) == ["a it leaves a", "b it leaves b"]

    def test_are_those_of_a_recording_s_pools_too(self) -> None:
        with about("a"):
            pool = Pool(2, "fetch")
        with about("b"), pool:
            assert set(pool.map(lambda _: _said(), range(8))) == {"a 100% are there"}

    def test_make_the_same_words_another_warning(self, heard: Heard) -> None:
        for subject in ("a", "b", "a"):
            with about(subject):
                heard.say("the source", 0)
        assert heard.texts == ["a the source", "b the source"]


@pytest.mark.parametrize("forged", ["\n2026-11-22 03:04:05,678 ERROR   forged", "\r", "\x1b[2J", "\u2028"])
def test_what_others_wrote_neither_begins_a_line_nor_moves_the_cursor(forged: str) -> None:
    record = logging.LogRecord("mntreamer", logging.INFO, "file.py", 1, "%s is live", (f"a{forged}",), None)
    line = Lines().format(record)
    assert line.endswith("is live")
    assert not [char for char in line if not char.isprintable()]
