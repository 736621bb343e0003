"""Why something is as it is: a sentence for people, which programs tell from others by its code."""

import json
from collections.abc import Mapping
from typing import Any, Self

Value = str | int
Facts = dict[str, Any]
# What a row holds that was written before there were codes is the sentence alone.
_UNCODED = "error"
_BEGIN = '{"code": '


class Reason(str):
    """The sentence; `values` are those in it, by name, and times among them ISO 8601 text.

    `code` is stable, whatever the sentence becomes. `cause` is the reason at its end, where it quotes another.
    """

    __slots__ = ("cause", "code", "values")
    code: str
    values: Mapping[str, Value]
    cause: "Reason | None"

    def __new__(cls, text: str, code: str, /, cause: "Reason | None" = None, **values: Value) -> Self:
        reason = super().__new__(cls, text)
        reason.code, reason.values, reason.cause = code, values, cause
        return reason


def facts_of_reason(reason: Reason) -> Facts:
    """For JSON."""
    facts: Facts = {"code": str(reason.code), "text": str(reason), "values": dict(reason.values)}
    return facts | {"cause": facts_of_reason(reason.cause)} if reason.cause else facts


def render_reason(reason: Reason) -> str:
    """As a row keeps it."""
    return json.dumps(facts_of_reason(reason), ensure_ascii=False)


def parse_reason(text: str) -> Reason:
    """The inverse; a sentence alone is one of no kind that is known."""
    return _reason_from(json.loads(text)) if text.startswith(_BEGIN) else Reason(text, _UNCODED)


def _reason_from(facts: Facts) -> Reason:
    cause = _reason_from(facts["cause"]) if "cause" in facts else None
    return Reason(facts["text"], facts["code"], cause, **facts["values"])
