"""What waits on its way to the store, for all recordings of one process: in memory, and beyond its budget on disk."""

import errno
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

# A file that is not named yet, or never will be: what is in it means nothing to another process.
_UNNAMED = ".new-"
_MEGA = 1_000_000
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NoRoom:
    """Neither memory nor disk had room. `why` says what to do."""

    why: str


@dataclass(slots=True)
class Budget:
    """So many bytes and no more, whoever asks."""

    most_bytes: int
    used_bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def take(self, size_bytes: int) -> bool:
        """Whether there was room for them."""
        with self._lock:
            has_room = self.used_bytes + size_bytes <= self.most_bytes
            self.used_bytes += size_bytes if has_room else 0
            return has_room

    def give_back(self, size_bytes: int) -> None:
        with self._lock:
            self.used_bytes -= size_bytes


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A ticket for bodies of these sizes in the spool.

    With a `name` they can be found by another recorder, to whom the `label`, one line, says what they are.
    """

    sizes: tuple[int, ...]
    name: str | None = None
    label: str = ""

    @property
    def size_bytes(self) -> int:
        return sum(self.sizes)


class Spool:
    """`memory` and `disk` are the budgets; `folder` is made if need be, and is this process's alone.

    What has a name and is on disk survives the process, and `left` finds it; what has none is deleted.
    """

    def __init__(self, folder: Path, memory_bytes: int, disk_bytes: int) -> None:
        self.memory = Budget(memory_bytes)
        self.disk = Budget(disk_bytes)
        self._folder = folder
        self._bodies: dict[Held, tuple[bytes, ...]] = {}
        self._files: dict[Held, Path] = {}
        self._lock = Lock()
        self._disk_trouble = ""
        folder.mkdir(parents=True, exist_ok=True)
        self._take_stock()

    def hold(
        self, bodies: Sequence[bytes], name: str | None = None, label: str = "", *, lasting: bool = False
    ) -> Held | NoRoom:
        """Keep the bodies until they are dropped: in memory, or on disk if it is full; `lasting`, the other way."""
        held = Held(tuple(len(body) for body in bodies), name, label)
        places = (self._to_disk, self._to_memory) if lasting else (self._to_memory, self._to_disk)
        return held if any(place(held, bodies) for place in places) else NoRoom(self._why())

    def read(self, held: Held) -> tuple[bytes, ...]:
        """The bodies. Raises OSError where their file is gone or cannot be read."""
        with self._lock:
            bodies, file = self._bodies.get(held), self._files.get(held)
        if bodies is not None:
            return bodies
        if file is None:
            raise FileNotFoundError(errno.ENOENT, "it was dropped")
        with file.open("rb") as opened:
            if held.name:
                opened.readline()
            return tuple(opened.read(size_bytes) for size_bytes in held.sizes)

    def drop(self, held: Held) -> None:
        """Forget them: they are stored, or nobody wants them."""
        self._free_memory(held)
        with self._lock:
            file = self._files.pop(held, None)
        if file:
            self._delete(file, held.size_bytes)

    def make_lasting(self, held: Held) -> None:
        """Move them from memory to disk, if it has room."""
        bodies = self._bodies.get(held)
        if bodies is not None and self._to_disk(held, bodies):
            self._free_memory(held)

    def leave(self, held: Held) -> bool:
        """Let go of them without storing them; whether they are on disk, where `left` finds them."""
        self.make_lasting(held)
        self._free_memory(held)
        with self._lock:
            return self._files.pop(held, None) is not None

    def left(self, begin: str = "") -> list[Held]:
        """What was left under names that begin so, in the order of their names; from now on it is the caller's."""
        with self._lock:
            found = {_found(file): file for file in self._unowned() if file.name.startswith(begin)}
            self._files |= found
        return list(found)

    def _unowned(self) -> list[Path]:
        owned = set(self._files.values())
        return [file for file in sorted(self._folder.iterdir()) if file not in owned and file.name[0] != "."]

    def _take_stock(self) -> None:
        for unnamed in self._folder.glob(f"{_UNNAMED}*"):
            unnamed.unlink()
        self.disk.used_bytes = sum(_found(file).size_bytes for file in self._unowned())

    def _delete(self, file: Path, size_bytes: int) -> None:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            _logger.error("a file in the spool cannot be deleted and takes its room: %s", error.strerror)
        else:
            self.disk.give_back(size_bytes)

    def _to_memory(self, held: Held, bodies: Sequence[bytes]) -> bool:
        if not self.memory.take(held.size_bytes):
            return False
        with self._lock:
            self._bodies[held] = tuple(bodies)
        return True

    def _free_memory(self, held: Held) -> None:
        with self._lock:
            bodies = self._bodies.pop(held, None)
        if bodies is not None:
            self.memory.give_back(held.size_bytes)

    def _to_disk(self, held: Held, bodies: Sequence[bytes]) -> bool:
        if not self.disk.take(held.size_bytes):
            return False
        try:
            self._write(held, bodies)
        except OSError as error:
            self.disk.give_back(held.size_bytes)
            self._disk_trouble = f" ({error.strerror})"
            return False
        self._disk_trouble = ""
        return True

    def _write(self, held: Held, bodies: Sequence[bytes]) -> None:
        descriptor, path = tempfile.mkstemp(dir=self._folder, prefix=_UNNAMED)
        new = Path(path)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 -- it is open already
                file.writelines([f"{held.label}\n".encode(), *bodies] if held.name else bodies)
                if held.name:
                    file.flush()
                    os.fsync(descriptor)  # a power cut leaves the whole of it, or nothing under its name
            with self._lock:
                self._files[held] = _named(new, held.name) if held.name else new
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def _why(self) -> str:
        memory, disk = self.memory.used_bytes // _MEGA, self.disk.used_bytes // _MEGA
        return (
            f"there was no more room to wait for the store: {memory} MB in memory and {disk} MB on disk"
            f"{self._disk_trouble} were waiting; see why it takes nothing, or raise MNTREAMER_SPOOL_BYTES"
        )


def _named(new: Path, name: str) -> Path:
    """Two recorders of one recording may hold the same segment: each has its own file."""
    return new.replace(new.with_name(f"{name}.{new.name.removeprefix(_UNNAMED)}"))


def _found(file: Path) -> Held:
    with file.open("rb") as opened:
        line = opened.readline()
    name, label = file.name.rpartition(".")[0], line.decode(errors="replace").rstrip("\n")
    return Held((file.stat().st_size - len(line),), name, label)
