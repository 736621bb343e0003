"""What an import did, for people and for programs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mntreamer.rows import to_row
from mntreamer.usecases.monitors.import_original import Imported, Outcome


def bad_rows(imported: Sequence[Imported]) -> list[str]:
    return [f"{one.where}: {one.why}" for one in imported if one.outcome is Outcome.BAD]


def summary(imported: Sequence[Imported], *, writes: bool) -> str:
    counts = Counter(one.outcome for one in imported)
    added = "added" if writes else "would be added"
    paused = sum(
        one.outcome is Outcome.ADDED and one.streamer is not None and one.streamer.paused for one in imported
    )
    parts = [f"{counts[Outcome.ADDED]} {added}", f"{counts[Outcome.THERE]} there already, unchanged"]
    parts += [f"paused, as the original had no monitor for them: {paused}"] if paused else []
    parts += [f"bad and left out: {counts[Outcome.BAD]}"] if counts[Outcome.BAD] else []
    return "; ".join(parts)


def as_json(imported: Sequence[Imported]) -> Mapping[str, Any]:
    """The streamers as the API shows them, by what became of them; bad rows with where and why."""
    streamers: dict[str, list[Any]] = {Outcome.ADDED: [], Outcome.THERE: []}
    for one in imported:
        if one.streamer:
            streamers[one.outcome].append(to_row(one.streamer) | {"problem": one.streamer.problem})
    bad = [{"where": one.where, "why": one.why} for one in imported if one.outcome is Outcome.BAD]
    return {"added": streamers[Outcome.ADDED], "there": streamers[Outcome.THERE], "bad": bad}
