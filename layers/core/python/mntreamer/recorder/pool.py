"""Threads that work for one recording: what they log is about it, as what its recorder logs is."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context


def pool_of(threads: int, name: str) -> ThreadPoolExecutor:
    """At most so many threads; context variables have in each of them the values that they have here and now."""
    return ThreadPoolExecutor(threads, name, initializer=_carry_on, initargs=(copy_context(),))


def _carry_on(context: Context) -> None:
    for variable, value in context.items():
        variable.set(value)
