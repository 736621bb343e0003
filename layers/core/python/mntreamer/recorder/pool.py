"""Threads that work for one recording: what they log is about it, and no process waits for them at its end."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_Work = tuple[Future[Any], Callable[[], Any]]


class Pool(Executor):
    """At most so many threads, begun as they are needed; context variables have there the values of here and now.

    A `ThreadPoolExecutor` would keep a process for as long as a store hangs: the interpreter joins its threads, which
    nothing from outside can end.
    """

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._name = name
        self._context = copy_context()
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._unfinished = 0
        self._is_shut = False
        self._lock = Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Raises RuntimeError after `shutdown`, and where no thread can be started."""
        future: Future[T] = Future()
        with self._lock:
            if self._is_shut:
                raise RuntimeError(f"{self._name} begins nothing more")
            if len(self._threads) <= self._unfinished and len(self._threads) < self._most:
                self._start()
            self._unfinished += 1
            self._work.put((future, partial(fn, *args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 -- Executor's
        with self._lock:
            self._is_shut = True
            if cancel_futures:
                self._cancel()
            for _ in self._threads:
                self._work.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _start(self) -> None:
        name = f"{self._name}_{len(self._threads)}"
        thread = Thread(target=self._context.copy().run, args=(self._run,), name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _cancel(self) -> None:
        with suppress(Empty):
            while work := self._work.get_nowait():
                work[0].cancel()

    def _run(self) -> None:
        while work := self._work.get():
            _do(*work)
            del work  # what it holds is megabytes, and the next may be long in coming
            with self._lock:
                self._unfinished -= 1


def _do(future: Future[Any], job: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 -- it is for whoever asks for the result
        future.set_exception(error)
    else:
        future.set_result(result)
