"""Several at work on one store, of whom one moves at a time: from call to call a test says who."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from threading import Semaphore, Thread, current_thread

from mntreamer.ports import MediaStore, StoredObject

_WITHIN_S = 30.0


class Order:
    """Who moves next: he who moved last, or with the probability `change` somebody else. The same seed, the same."""

    def __init__(self, seed: int, change: float) -> None:
        self._random = Random(seed)  # noqa: S311 -- no secret is made of it
        self._change = change
        self._choice = 0

    def next(self) -> int:
        if self._random.random() < self._change:
            self._choice = self._random.randrange(1000)
        return self._choice


class Turns:
    """Who is at work, and who moves. What one of them raises is raised where he was moved."""

    def __init__(self) -> None:
        self._actors: list[_Actor] = []

    def begin(self, deed: Callable[[], object]) -> None:
        """Somebody more, who waits for his first turn."""
        self._actors.append(_Actor(deed))

    def move(self, choice: int) -> bool:
        """Let one of those who are not done go on to his next call; False if all are done."""
        at_work = [actor for actor in self._actors if not actor.is_done]
        if at_work:
            at_work[choice % len(at_work)].move()
        return bool(at_work)

    def wait_for_turn(self) -> None:
        """Called by whoever is about to use the store; nothing to him who only looks on."""
        actor = next((actor for actor in self._actors if actor.thread is current_thread()), None)
        if actor:
            actor.wait()


class _Actor:
    def __init__(self, deed: Callable[[], object]) -> None:
        self.is_done = False
        self._may_go, self._has_paused = Semaphore(0), Semaphore(0)
        self._raised: Exception | None = None
        self._deed = deed
        self.thread = Thread(target=self._act, daemon=True)
        self.thread.start()

    def move(self) -> None:
        self._may_go.release()
        assert self._has_paused.acquire(timeout=_WITHIN_S)
        if self._raised:
            raise self._raised

    def wait(self) -> None:
        self._has_paused.release()
        self._may_go.acquire()

    def _act(self) -> None:
        self._may_go.acquire()
        try:
            self._deed()
        except Exception as error:  # noqa: BLE001 -- raised again where he was moved
            self._raised = error
        self.is_done = True
        self._has_paused.release()


class StoreInTurns:
    """A store before each of whose calls the others may move; `written` is told of each object that is put."""

    def __init__(self, store: MediaStore, turns: Turns, written: Callable[[str, bytes], object]) -> None:
        self._store = store
        self._turns = turns
        self._written = written

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        self._turns.wait_for_turn()
        return self._store.put_new(key, body, content_type, metadata)

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        self._turns.wait_for_turn()
        version = self._store.put(key, body, content_type, replaces)
        self._written(key, body)
        return version

    def get(self, key: str) -> StoredObject | None:
        self._turns.wait_for_turn()
        return self._store.get(key)

    def beginning(self, key: str, size_bytes: int) -> bytes | None:
        self._turns.wait_for_turn()
        return self._store.beginning(key, size_bytes)

    def version(self, key: str) -> str | None:
        self._turns.wait_for_turn()
        return self._store.version(key)

    def metadata(self, key: str) -> tuple[Mapping[str, str], int] | None:
        self._turns.wait_for_turn()
        return self._store.metadata(key)

    def delete(self, keys: Iterable[str]) -> None:
        self._turns.wait_for_turn()
        self._store.delete(keys)

    def list_keys(self, prefix: str, after: str = "") -> Iterator[str]:
        self._turns.wait_for_turn()
        return self._store.list_keys(prefix, after)

    def list_sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        self._turns.wait_for_turn()
        return self._store.list_sizes(prefix)

    def public_url(self, key: str) -> str:
        return self._store.public_url(key)

    def link(self, key: str, expires_s: int) -> str:
        return self._store.link(key, expires_s)
