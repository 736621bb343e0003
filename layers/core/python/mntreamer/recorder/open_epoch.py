"""A source's line of media sequences is recognised as one that is known, or opens the next epoch."""

from mntreamer.domain.epoch import Epoch, epoch_of, parse_epoch, render_epoch
from mntreamer.domain.media_path import EPOCHS
from mntreamer.domain.stored_segment import StoredSegment
from mntreamer.domain.window import Mark, Window, goes_on
from mntreamer.ports import MediaStore


def last_epoch(store: MediaStore, prefix: str) -> Epoch | None:
    """The recording's newest epoch."""
    keys = list(store.list_keys(prefix + EPOCHS))
    stored = store.get(keys[-1]) if keys else None
    return parse_epoch(stored.body.decode()) if stored else None


def continued_epoch(store: MediaStore, prefix: str, window: Window, last: StoredSegment | None) -> Epoch | None:
    """The newest epoch, if the window's sequences go on from what is stored of it."""
    epoch = last_epoch(store, prefix)
    if epoch is None:
        return None
    mark = epoch.mark
    if last and last.name.epoch == epoch.number:
        mark = Mark(last.name.first, last.program_date_time)
    return epoch if goes_on(mark, window) else None


def open_epoch(store: MediaStore, prefix: str, window: Window, live_id: str) -> Epoch:
    """Allot the next epoch by a conditional write; where another recorder was faster, its epoch if it fits."""
    while True:
        last = last_epoch(store, prefix)
        new = epoch_of(window, live_id, last.number + 1 if last else 0)
        body = render_epoch(new).encode()
        if store.put_new(prefix + EPOCHS + new.file, body, "application/json", {}):
            return new
        if continued := continued_epoch(store, prefix, window, None):
            return continued
