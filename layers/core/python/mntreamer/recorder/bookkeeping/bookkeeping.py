"""A recording's books and its row, kept in a thread of their own: who records waits for no store and no table."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from functools import partial
from math import inf
from threading import Event
from typing import Any

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.lease import is_accompanied
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.domain.segments.bundling import Line
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.domain.segments.window import Window
from mntreamer.ports import Ports
from mntreamer.recorder.bookkeeping.books import Books, News
from mntreamer.recorder.bookkeeping.holding import Holding, OnStart
from mntreamer.recorder.bookkeeping.seat import Seat
from mntreamer.recorder.complaints import Complaints
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.pictures.illustrator import Illustrator
from mntreamer.recorder.pool import Pool
from mntreamer.recorder.source.open_epoch import line_in, open_epoch
from mntreamer.recorder.storing.shelf import Shelf

_logger = logging.getLogger(__name__)
Leave = Callable[[Recording, RecordingChanges], object]


class Bookkeeping:
    """Round by round: what was told since is entered, then the playlist, the account and the row are written.

    A round may take as long as the store and the tables do; what is told meanwhile is for the next. What fails is
    tried again with it, and `trouble` says what that was; None while all is well. `obstacle` is what else is in the
    way of recording: the row tells it for as long as nothing is stored. `refusal` says why nothing more of the
    recording can be named, if so.
    """

    def __init__(
        self,
        ports: Ports,
        recording: Recording,
        shelf: Shelf,
        illustrator: Illustrator,
        on_start: OnStart,
        pace: Pace,
        *,
        standby: int | None = None,
    ) -> None:
        self.trouble: Reason | None = None
        self.obstacle: Reason | None = None
        self.refusal: Reason | None = None
        self._ports = ports
        self._pace = pace
        self._shelf = shelf
        self._illustrator = illustrator
        self._on_start = on_start
        self._holding = Holding(ports, recording, pace, time.monotonic(), on_start)
        self._seat = Seat(ports, recording, standby, pace) if standby else None
        self._until: StoredSegment | None = None
        self._books: Books | None = None
        self._over: int | None = None
        self._lists = True
        self._told: deque[News] = deque()
        self._is_confirmed = Event()
        self._is_to_leave = Event()
        self._due_s = -inf
        self._try_from_s = -inf
        self._complaints = Complaints(partial(_logger.warning, "tried again: %s"))
        self._is_closed = Event()
        self._pool = Pool(1, "books")
        self._round: Future[None] | None = None
        self._opening: Future[Line | None] | None = None

    def tell(self, news: News) -> None:
        """For the next round."""
        self._told.append(news)

    def confirm(self) -> None:
        """The platform itself said that the stream is on."""
        self._is_confirmed.set()

    def leave_soon(self) -> None:
        """Its holder is told to leave: it says so, and looks for who takes over."""
        self._is_to_leave.set()

    @property
    def is_holder(self) -> bool:
        """Whether it keeps the recording's books. A standby keeps a seat until it takes over."""
        return self._seat is None

    def open(self, begin: Window, wait_s: float = 0.0) -> Line | None:
        """The line that begins with this window; None while its epoch is not known. Asked for again until it is.

        Waits so long at the most. Raises LeaseLost.
        """
        if self._opening is None and time.monotonic() < self._try_from_s:
            return None
        opening = self._opening or self._pool.submit(self._opened, begin)
        self._opening = opening if wait([opening], wait_s).not_done else None
        return None if self._opening else opening.result()

    def go_on(self, live_id: str | None) -> None:
        """Begin a round, if there is anything to do and none is under way. `live_id` is the session that is played.

        Raises LeaseLost if the round before found that.
        """
        if self._round and self._round.done():
            over, self._round = self._round, None
            over.result()
        if self._round is None and self._is_due(live_id):
            self._round = self._pool.submit(self._go_round, live_id)

    @property
    def is_at_work(self) -> bool:
        """Whether a round is under way."""
        return self._round is not None and not self._round.done()

    def finish(self, left: Iterable[Loss], leave: Leave, *, is_last: bool) -> None:
        """Begin the last round, behind what is under way: all is written, then `leave` is told row and progress.

        `left` as in `Books.close`. Nothing may be told any more. Unless it `is_last`, what is not listed yet is left
        to another that is beside it: that may store more of it in one piece, which would have no place any more.
        """
        self._lists = is_last or not self._is_accompanied
        before = [under_way for under_way in (self._round, self._opening) if under_way]
        self._round = self._pool.submit(self._go_last_round, before, list(left), leave)

    def has_finished(self, wait_s: float) -> bool:
        """Whether the round that was begun last is over. Waits so long at the most. Raises what it raised."""
        if self._round and wait([self._round], wait_s).not_done:
            return False
        if self._round:
            self._round.result()
        return True

    def close(self) -> None:
        """Begin nothing more; nor does what hangs go on with anything once it does not."""
        self._is_closed.set()
        self._illustrator.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def recording(self) -> Recording:
        """The row as it was last renewed, or looked at."""
        return self._seat.recording if self._seat else self._holding.recording

    @property
    def following(self) -> Recording | None:
        """The next part, where a standby goes on beside its holder there."""
        return self._seat.following if self._seat else None

    @property
    def listed(self) -> Sequence[Segment]:
        """As far as the books are read; of one who does not keep them nothing."""
        return self._books.listed if self._books else ()

    @property
    def progress(self) -> RecordingChanges:
        """What the row is told; while nothing is stored, also what is in the way of it, as far as that is known."""
        progress = self._illustrator.progress | (self._books.progress if self._books else RecordingChanges())
        problem = self.trouble or self.obstacle
        return progress if "problem" in progress or not problem else progress | RecordingChanges(problem=problem)

    @property
    def _is_accompanied(self) -> bool:
        return is_accompanied(self._holding.recording, self._ports.clock())

    @property
    def _recording(self) -> Recording:
        return replace(self._holding.recording, **self.progress)

    def _is_due(self, live_id: str | None) -> bool:
        if time.monotonic() < self._try_from_s:
            return False
        has_word = self._is_confirmed.is_set() or self._is_to_leave.is_set()
        has_news = self._told or has_word or (self.is_holder and live_id not in (None, self._holding.live_id))
        return bool(has_news) or time.monotonic() >= self._due_s

    def _go_round(self, live_id: str | None) -> None:
        if self._seat:
            self._stand_by(self._seat)
            return
        # The account goes first: the playlist's write is what publishes its chapters.
        steps = (
            lambda: self._entered().write_account(self._recording),
            self._keep_playlist,
            lambda: self._holding.remember(live_id, self.progress),
            self._keep_hold,
        )
        went_well = [self._try(step) for step in steps]
        self._due_s = -inf
        if all(went_well):
            self.trouble = None
            self._due_s = min(self._read().due_s, self._holding.due_s)

    def _stand_by(self, seat: Seat) -> None:
        seat.notes.take(self._take_told())
        self._due_s = seat.due_s if self._try(partial(self._keep_seat, seat)) else -inf

    def _keep_seat(self, seat: Seat) -> None:
        if taken := seat.keep(time.monotonic()):
            _logger.info("generation %d takes over", taken.generation)
            self._holding = Holding(self._ports, taken, self._pace, time.monotonic(), self._on_start)
            self._books, self._seat, self._until = None, None, seat.notes.last
            self._told.appendleft(seat.notes.as_news(self._ports.clock()))

    def _take_told(self) -> Iterator[News]:
        while self._told:
            yield self._told.popleft()

    def _go_last_round(self, before: Iterable[Future[Any]], left: Iterable[Loss], leave: Leave) -> None:
        """Nobody comes after it: what fails is tried again for a while."""
        for over in before:
            over.result()
        if self._seat:
            self._seat.leave()
            return
        until_s = time.monotonic() + self._pace.drain_s / 2
        while not self._try(self._write_all) and time.monotonic() < until_s and not self._is_closed.is_set():
            self._is_closed.wait(self._pace.retry_s)
        self._try(lambda: self._entered().close(self._recording, left))
        self._try(lambda: self._illustrator.finish(self._read().listed))
        if not self._is_closed.is_set():
            leave(self.recording, self.progress)

    def _write_all(self) -> None:
        books = self._entered(waits=False)
        books.write_playlist(time.monotonic(), at_once=True)
        books.write_account(self._recording)

    def _try(self, step: Callable[[], object]) -> bool:
        """Whether it went well."""
        why = self._complaints.over(step)
        if why is not None:
            self.trouble = why
            self._try_from_s = time.monotonic() + self._pace.retry_longest_s
        return why is None

    def _keep_playlist(self) -> None:
        books = self._entered()
        books.write_playlist(time.monotonic())
        self._illustrator.look(books.listed)

    def _entered(self, *, waits: bool = True) -> Books:
        """The books, with all that was told. `waits`: it may be listed when another has stored what is missing."""
        books = self._read()
        for news in self._take_told():
            books.take(news)
            if news.stored:
                self._holding.stored()
        if self._lists:
            books.enter(time.monotonic(), waits=waits and self._is_accompanied)
        return books

    def _read(self) -> Books:
        """The books; what an earlier recorder left for the store goes there first."""
        if self._books is None:
            recording, others_within_s = self._holding.recording, self._pace.other_within_s
            books = Books(
                self._ports.store, recording, lambda: self._holding.renew(self.progress), self._until, others_within_s
            )
            books.last = self._shelf.take_in_left(books.last)
            self._books = books
        return self._books

    def _opened(self, begin: Window) -> Line | None:
        """None if it did not go well."""
        lines: list[Line] = []
        self._try(lambda: lines.append(self._line_from(begin)))
        return lines[0] if lines else None

    def _line_from(self, begin: Window) -> Line:
        last = self._read().last
        try:
            epoch = open_epoch(self._ports.store, self._holding.recording.prefix, begin, last, self._over)
        except SourceError as error:
            self.refusal = safe_text(error)
            raise
        self._over = epoch.number
        return line_in(epoch, begin, last)

    def _keep_hold(self) -> None:
        if self._is_confirmed.is_set():
            self._is_confirmed.clear()
            self._holding.confirmed()
        if self._is_to_leave.is_set():
            self._holding.leave_soon(time.monotonic())
            self._is_to_leave.clear()
        self._holding.keep(self.progress, time.monotonic())
