"""How it is decided when to look again."""

from enum import StrEnum


class Schedule(StrEnum):
    """`STEPPED` goes by the table alone, `LEARNED` by what is known of the channel's habits."""

    STEPPED = "stepped"
    LEARNED = "learned"
