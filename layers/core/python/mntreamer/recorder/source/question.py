"""A question that is asked in a thread of its own, one at a time, however long its answer takes."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Generic, TypeVar

from mntreamer.recorder.pool import Pool

Answer = TypeVar("Answer")


class Question(Generic[Answer]):
    """Whoever asks goes on with other things, and looks for the answer from time to time."""

    def __init__(self, ask: Callable[[], Answer | None], name: str) -> None:
        self._ask = ask
        self._pool = Pool(1, name)
        self._asked: Future[Answer | None] | None = None

    def ask(self) -> bool:
        """Whether it is asked now: not while an answer is still to come."""
        if self._asked:
            return False
        self._asked = self._pool.submit(self._ask)
        return True

    def answer(self, wait_s: float = 0.0) -> Answer | None:
        """To the last question, once; None while there is none, or if it is none. Waits so long at the most.

        Raises what the asking raised.
        """
        if self._asked is None or wait([self._asked], wait_s).not_done:
            return None
        answered, self._asked = self._asked, None
        return answered.result()

    def close(self) -> None:
        """An answer that is still to come is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)
