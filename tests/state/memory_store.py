"""The port `MediaStore` in memory: what a recorder stored, so that a closed recording has something to list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mntreamer.domain.errors import StoreConflict
from mntreamer.ports import StoredObject


@dataclass
class MemoryStore:
    objects: dict[str, StoredObject] = field(default_factory=dict)
    facts: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _writes: int = 0

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        if key in self.objects:
            return False
        self.facts[key] = metadata
        self.put(key, body, content_type, None)
        return True

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:  # noqa: ARG002 -- nobody is served from here
        if self.version(key) != replaces:
            raise StoreConflict(f"{key} was written by somebody else meanwhile")
        self._writes += 1
        self.objects[key] = StoredObject(body, str(self._writes))
        return str(self._writes)

    def get(self, key: str) -> StoredObject | None:
        return self.objects.get(key)

    def beginning(self, key: str, size_bytes: int) -> bytes | None:
        stored = self.objects.get(key)
        return stored.body[:size_bytes] if stored else None

    def version(self, key: str) -> str | None:
        stored = self.objects.get(key)
        return stored.version if stored else None

    def metadata(self, key: str) -> tuple[Mapping[str, str], int] | None:
        stored = self.objects.get(key)
        return (self.facts.get(key, {}), len(stored.body)) if stored else None

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.objects.pop(key, None)
            self.facts.pop(key, None)

    def list_keys(self, prefix: str, after: str = "") -> Iterator[str]:
        yield from sorted(key for key in self.objects if key.startswith(prefix) and key > after)

    def list_sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        yield from ((key, len(self.objects[key].body)) for key in self.list_keys(prefix))

    def public_url(self, key: str) -> str:
        return f"/{key}"

    def link(self, key: str, expires_s: int) -> str:
        return f"/{key}?expires_s={expires_s}"
