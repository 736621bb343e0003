"""What of a streamer is recorded: all, or what its filters leave."""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from mntreamer.domain.monitors.hours import Hours, are_on, until_next
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason

# A title may begin to match at any time; hours and a person's wish seldom do.
_TOPIC_CHECK = timedelta(minutes=2)
_RARE_CHECK = timedelta(minutes=10)
_OUTSIDE_HOURS = Reason("live, but outside its hours", ProblemCode.OUTSIDE_HOURS)
_TITLE_UNWANTED = Reason("live, but the title does not match", ProblemCode.TITLE_UNWANTED)
_TITLE_LEFT_OUT = Reason("live, but the title is one that is left out", ProblemCode.TITLE_LEFT_OUT)
_CATEGORY_UNWANTED = Reason("live, but the category does not match", ProblemCode.CATEGORY_UNWANTED)
_CATEGORY_LEFT_OUT = Reason("live, but the category is one that is left out", ProblemCode.CATEGORY_LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must let a broadcast through; of the texts and hours of one, any does.

    `titles` are parts of titles, `categories` whole names; neither minds upper case or spaces around. `notify_only`:
    what gets through is told of and not recorded.
    """

    titles: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    not_categories: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    notify_only: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """On air, and not to be recorded as its filters are: `reason` says why. `look_again` is when that may change."""

    reason: Reason
    look_again: timedelta
    is_announced: bool = False


def left_out(filters: Filters, topic: Topic, local: datetime) -> LeftOut | None:
    """Why a broadcast about this is not recorded at that time in its platform's zone; None where it is."""
    if filters.hours and not are_on(filters.hours, local):
        return LeftOut(_OUTSIDE_HOURS, min(until_next(filters.hours, local), _RARE_CHECK))
    if reason := _against_title(filters, topic.title) or _against_category(filters, topic.category):
        return LeftOut(reason, _TOPIC_CHECK)
    if filters.notify_only:
        told_of = Reason(f"live, and only told of: {topic.title}", ProblemCode.ONLY_TOLD_OF, title=topic.title)
        return LeftOut(told_of, _RARE_CHECK, is_announced=True)
    return None


def parse_filters(text: str | None) -> Filters:
    """As a streamer's row keeps them; none of None."""
    return filters_from(json.loads(text)) if text else Filters()


def render_filters(filters: Filters) -> str | None:
    """The inverse."""
    return json.dumps(asdict(filters), ensure_ascii=False) if filters != Filters() else None


def filters_from(facts: dict[str, Any]) -> Filters:
    """Of JSON's lists; what is not named is left open."""
    hours = tuple(Hours(tuple(each["days"]), each["begin"], each["end"]) for each in facts.get("hours", ()))
    texts = {name: tuple(facts.get(name, ())) for name in ("titles", "not_titles", "categories", "not_categories")}
    return Filters(**texts, hours=hours, notify_only=facts.get("notify_only", False))


def _against_title(filters: Filters, title: str) -> Reason | None:
    if filters.titles and not _any_in(filters.titles, title):
        return _TITLE_UNWANTED
    return _TITLE_LEFT_OUT if _any_in(filters.not_titles, title) else None


def _against_category(filters: Filters, category: str) -> Reason | None:
    if filters.categories and _folded(category) not in map(_folded, filters.categories):
        return _CATEGORY_UNWANTED
    is_out = _folded(category) in map(_folded, filters.not_categories)
    return _CATEGORY_LEFT_OUT if is_out else None


def _any_in(parts: Iterable[str], text: str) -> bool:
    return any(_folded(part) in _folded(text) for part in parts)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
