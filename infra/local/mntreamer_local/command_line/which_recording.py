"""Which recording a person means: by its whole id, its short one, the begin of that, or its channel's name."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from mntreamer.domain.errors import BadInput, NotFound
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer_local.command_line.answering import local_now
from mntreamer_local.command_line.client import ApiClient
from mntreamer_local.command_line.completing import recordings as complete
from mntreamer_local.command_line.not_blank import not_blank
from mntreamer_local.command_line.quantities import moment
from mntreamer_local.command_line.short_ids import short_id
from mntreamer_local.command_line.who_is_meant import is_called, is_channel
from mntreamer_local.one_line import one_line

Row = dict[str, Any]
Recording = Annotated[
    str,
    typer.Argument(
        metavar="RECORDING",
        help="Its id as 'mntreamer recordings' shows it, or the begin of that; or its channel, if that has only one.",
        autocompletion=complete,
        callback=not_blank,
    ),
]
LISTED = [status for status in RecordingStatus if status is not RecordingStatus.TERMINATED]
DELETED = [RecordingStatus.TERMINATED]
_LARGEST_PAGE = 200
_MOST_CHOICES = 10
_PARTS_OF_AN_ID = 3


def recording_id(api: ApiClient, word: str, among: Sequence[RecordingStatus] = LISTED) -> str:
    """The recording_id of what the word means. A whole one is taken as it is, and nothing is asked.

    Raises NotFound, BadInput where more than one is meant, and CallFailed.
    """
    if len(word.split(":")) >= _PARTS_OF_AN_ID:
        return word
    meant: list[Row] = []
    for row in newest(api, among):
        short = short_id(row["recording_id"])
        if short == word:
            return str(row["recording_id"])
        if short.startswith(word) or is_channel(word, row) or is_called(word, row):
            meant.append(row)
    _require_one(word, meant, among)
    return str(meant[0]["recording_id"])


def newest(api: ApiClient, statuses: Sequence[RecordingStatus], page: int = _LARGEST_PAGE) -> Iterator[Row]:
    """All recordings that have one of the statuses, asked for in pages of that size. Raises CallFailed."""
    wanted = {"status": list(statuses), "limit": min(page, _LARGEST_PAGE)}
    for answer in api.pages("/recordings", wanted):
        yield from answer["recordings"]


def _require_one(word: str, meant: Sequence[Row], among: Sequence[RecordingStatus]) -> None:
    if not meant:
        where = "mntreamer recordings --status terminated" if among == DELETED else "mntreamer recordings"
        raise NotFound(f"there is no recording {word!r}; '{where}' shows those there are")
    if len(meant) > 1:
        now = local_now()
        choices = [f"  {short_id(row['recording_id'])}  # {_described(row, now)}" for row in meant[:_MOST_CHOICES]]
        raise BadInput("\n".join([f"{len(meant)} recordings are meant by {word!r}; say which, as one of", *choices]))


def _described(row: Row, now: datetime) -> str:
    return one_line(f"{row['channel_name']}, {moment(row['started_at'], now)}, {row['title']}")
