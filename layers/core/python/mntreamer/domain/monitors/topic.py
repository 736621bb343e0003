"""What a broadcast is about, as its streamer says it."""

import unicodedata
from dataclasses import dataclass

LONGEST_TOPIC = 200
_NOT_TEXT = ("Cc", "Cs")


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """Title and category, each on one line; empty where none is given."""

    title: str
    category: str


def topic_of(title: str, category: str) -> Topic:
    """The topic that a platform tells, whatever it tells: cut at 200 characters, fit for every text file."""
    return Topic(on_one_line(title), on_one_line(category))


def on_one_line(text: str) -> str:
    """What a stranger wrote, cut and fit in the same way."""
    kept = (letter for letter in " ".join(text.split()) if unicodedata.category(letter) not in _NOT_TEXT)
    return unicodedata.normalize("NFC", "".join(kept))[:LONGEST_TOPIC].strip()
