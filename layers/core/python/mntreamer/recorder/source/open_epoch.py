"""A source's line of media sequences is recognised as one that is known, or opens the next epoch."""

from mntreamer.domain.media_path import EPOCHS
from mntreamer.domain.playlists.source_playlist import BEFORE_ALL
from mntreamer.domain.segments.bundling import Line
from mntreamer.domain.segments.edge import edge_of
from mntreamer.domain.segments.epoch import Epoch, epoch_of, parse_epoch, render_epoch
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.domain.segments.window import Mark, Window, goes_on
from mntreamer.ports import MediaStore


def open_epoch(
    store: MediaStore,
    prefix: str,
    window: Window,
    last: StoredSegment | None,
    over: int | None = None,
) -> Epoch:
    """The newest epoch if the window goes on from it, else the next one, allotted by a conditional write.

    `last` is what the recording has stored last; `over` the epoch whose line is known to have ended. A recorder
    that was overtaken looks again: nobody opens a number without having judged the one before.
    """
    while True:
        newest = _newest_epoch(store, prefix)
        if newest and newest.number != over and goes_on(_mark_in(newest, last), window):
            return newest
        new = epoch_of(edge_of(window), newest.number + 1 if newest else 0)
        body = render_epoch(new).encode()
        if store.put_new(prefix + EPOCHS + new.file, body, "application/json", {}):
            return new


def line_in(epoch: Epoch, window: Window, last: StoredSegment | None) -> Line:
    """The epoch's line from this window's edge on: behind what is stored last, if that is of the epoch."""
    if last and last.name.epoch == epoch.number:
        return Line(epoch.number, epoch.bundle_size, last.name.last + 1, last.init_digest)
    return Line(epoch.number, epoch.bundle_size, min(epoch.first_sequence, edge_of(window).first))


def open_before_all(store: MediaStore, prefix: str, window: Window) -> Epoch | None:
    """The epoch in front of all others for this window's line; None where it is another line's."""
    new = epoch_of(window, BEFORE_ALL)
    store.put_new(prefix + EPOCHS + new.file, render_epoch(new).encode(), "application/json", {})
    stored = store.get(prefix + EPOCHS + new.file)
    opened = parse_epoch(stored.body.decode()) if stored else new
    return opened if goes_on(opened.mark, window) else None


def _newest_epoch(store: MediaStore, prefix: str) -> Epoch | None:
    keys = list(store.list_keys(prefix + EPOCHS))
    stored = store.get(keys[-1]) if keys else None
    return parse_epoch(stored.body.decode()) if stored else None


def _mark_in(epoch: Epoch, last: StoredSegment | None) -> Mark:
    if last and last.name.epoch == epoch.number:
        return Mark(last.name.first, last.program_date_time)
    return epoch.mark
