"""A notice as a message of Discord: https://discord.com/developers/docs/resources/webhook#execute-webhook."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mntreamer.domain.notifications.notice import Fact, Notice, NoticeType
from mntreamer.domain.times import to_iso

_TITLE_CHARS = 256
_DESCRIPTION_CHARS = 4096
_MB_PER_GB = 1000
_MARKDOWN = re.compile(r"[\\*_~`|\[\]()<>#]")
_GREEN, _BLUE, _YELLOW, _RED, _GREY = 0x2ECC71, 0x3498DB, 0xF1C40F, 0xE74C3C, 0x95A5A6
_SHOWN: dict[NoticeType, tuple[str, int]] = {
    NoticeType.STARTED: ("{channel_name} is being recorded", _GREEN),
    NoticeType.FAILING: ("{channel_name} is live, and nothing is being stored", _RED),
    NoticeType.ENDED: ("{channel_name} was recorded", _BLUE),
    NoticeType.FAILED: ("{channel_name} was live, and nothing was kept", _RED),
    NoticeType.LIVE: ("{channel_name} is live", _GREEN),
    NoticeType.NOT_RECORDABLE: ("{channel_name} is live, and cannot be recorded", _YELLOW),
    NoticeType.BLOCKED: ("{platform} sent us away", _RED),
    NoticeType.UNBLOCKED: ("{platform} answers again", _GREEN),
    NoticeType.TEST: ("This is a test", _GREY),
}


def discord_message(notice: Notice) -> dict[str, Any]:
    """One embed. Nobody is mentioned and nothing is linked, whatever a stream's title says."""
    title, color = _SHOWN[notice.type]
    embed = {
        "title": _cut(title.format_map(_named(notice.facts)), _TITLE_CHARS),
        "description": _cut("\n".join(_lines(notice)), _DESCRIPTION_CHARS),
        "color": color,
        "timestamp": to_iso(notice.at),
    }
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


class _Named(dict[str, str]):
    """What a title names and a notice lacks is told as it is named."""

    def __missing__(self, name: str) -> str:
        return name


def _named(facts: Mapping[str, Fact]) -> _Named:
    return _Named({name: _as_text(fact) for name, fact in facts.items()})


def _as_text(fact: Fact) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", str(fact))


def _lines(notice: Notice) -> list[str]:
    facts = notice.facts
    said = [facts.get("title"), _length(facts) if notice.type is NoticeType.ENDED else None]
    why = [facts.get("problem"), facts.get("reason") if notice.type is NoticeType.BLOCKED else None]
    return [_as_text(line) for line in (*said, *why) if line]


def _length(facts: Mapping[str, Any]) -> str:
    """How much there is of it, and how whole that is."""
    length = timedelta(seconds=round(facts.get("duration_s") or 0))
    size_mb = (facts.get("size_bytes") or 0) / 1e6
    size = f"{size_mb:.0f} MB" if size_mb < _MB_PER_GB else f"{size_mb / _MB_PER_GB:.2f} GB"
    whole = "complete" if not facts.get("gaps") else f"{facts['gaps']} gaps, {facts.get('gap_s') or 0:.0f} s missing"
    return f"{length}, {size}, {whole}"


def _cut(text: str, chars: int) -> str:
    return text if len(text) <= chars else text[: chars - 1] + "…"
