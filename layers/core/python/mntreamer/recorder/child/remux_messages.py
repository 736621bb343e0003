"""What the remuxer and its child say to each other, over pipes.

A request is `REMUX`, an initialisation section and the bodies of source segments; an answer is a JSON object of facts
and, where there is one, the segment. `picture_messages` has the others.
Nothing of a child that may have crashed over hostile bytes is ever executed.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import BinaryIO

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotPlayable, SourceError
from mntreamer.domain.reason import parse_reason, render_reason
from mntreamer.recorder.media.remuxed import Broken, Remuxed

REMUX = b"remux"
_NUMBER_BYTES = 8


def answer_of(result: Remuxed | Broken | NotPlayable | SourceError) -> list[bytes]:
    """A result as a message."""
    match result:
        case Remuxed():
            return [_json(asdict(replace(result, body=b"")) | {"body": ""}), result.body]
        case Broken():
            return [_json({"broken_at": result.at})]
        case NotPlayable():
            return [_json({"refusal": render_reason(safe_text(result))})]
        case _:
            return [_json({"fault": str(result)})]


def remuxed_in(answer: Sequence[bytes]) -> Remuxed:
    """The inverse of `answer_of`, which raises where that was given an error."""
    facts = json.loads(answer[0])
    if "broken_at" in facts:
        raise Broken(facts["broken_at"])
    if "refusal" in facts:
        raise NotPlayable(parse_reason(facts["refusal"]))
    if "fault" in facts:
        raise SourceError(facts["fault"])
    return Remuxed(**facts | {"body": answer[1], "durations_s": tuple(facts["durations_s"])})


def write_message(target: BinaryIO, parts: Sequence[bytes]) -> None:
    target.write(_number(len(parts)))
    for part in parts:
        target.write(_number(len(part)))
        target.write(part)
    target.flush()


def read_message(source: BinaryIO) -> list[bytes]:
    """Empty where the input has ended. Raises EOFError where it ends within a message."""
    count = int.from_bytes(source.read(_NUMBER_BYTES))
    return [_exactly(source, int.from_bytes(_exactly(source, _NUMBER_BYTES))) for _ in range(count)]


def _exactly(source: BinaryIO, count: int) -> bytes:
    read = source.read(count)
    if len(read) < count:
        raise EOFError
    return read


def _number(value: int) -> bytes:
    return value.to_bytes(_NUMBER_BYTES)


def _json(facts: dict[str, object]) -> bytes:
    return json.dumps(facts).encode()
