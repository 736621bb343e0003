"""Two editors, a growing source and whoever publishes, in any order from call to call: nothing is lost or torn."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, Final

import boto3
import m3u8
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from mntreamer.aws.clients import S3_CONFIG
from mntreamer.aws.s3_media_store import S3MediaStore
from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.playlists.published_playlist import render_live, render_published
from mntreamer.domain.playlists.source_playlist import SegmentName, parse_source
from mntreamer.domain.playlists.timelines import Asked, Line
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.edits import Cut, Edits, Span
from mntreamer.domain.refining.edits_file import parse_edits, render_edits
from mntreamer.domain.refining.idempotency import one_request
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.ports import MediaStore, Ports
from mntreamer.settings import Settings
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer.usecases.refining.cut_recording import cut_recording
from mntreamer.usecases.refining.undo_cut import undo_cut, undo_cuts
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from tests.contract.local_ports import local_ports
from tests.contract.records import NOON, a_recording
from tests.integration.usecases.conftest import Launches, ScriptedPlatform
from tests.integration.usecases.turns import Order, StoreInTurns, Turns
from tests.state.memory_store import MemoryStore

REGION: Final = "ap-northeast-2"
LISTED_BEFORE, SEGMENTS = 5, 11
# How often it is somebody else's turn, in one of a hundred calls of the store or in all.
ORDERS = st.builds(Order, st.integers(0, 2**32), st.sampled_from([0.01, 0.1, 0.3, 1.0]))

# The same orders each time, so that a failure is the change's; `make test-full` looks for new ones.
FULL = "MNTREAMER_TEST_FULL" in os.environ
TIMES: Final = 20 if FULL else 1
in_many_orders = settings(
    max_examples=15 * TIMES,
    deadline=None,
    derandomize=not FULL,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass
class AtOnce:
    """One recording on which they work. `answered` are the cuts that somebody was told of, `undone` those of them."""

    ports: Ports
    recording: Recording
    store: MediaStore
    turns: Turns
    answered: dict[str, Any] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    has_news: bool = True
    sources: list[str] = field(default_factory=list)
    edits: list[Edits] = field(default_factory=lambda: [Edits()])

    @property
    def prefix(self) -> str:
        return self.recording.prefix

    def text(self, name: str) -> str:
        stored = self.store.get(self.prefix + name)
        return stored.body.decode() if stored else ""

    def written(self, key: str, body: bytes, *, by_event: bool) -> None:
        """Remembers what was there to be published, and does what the bucket's event does."""
        self.has_news = True
        if key.endswith("source.m3u8"):
            self.sources.append(body.decode())
        elif key.endswith("edits.json"):
            self.edits.append(parse_edits(body))
        else:
            return
        if by_event:
            self.turns.begin(self.publish)

    def publish(self) -> None:
        publish_playlist(self.ports.store, self.prefix, openly=True)

    def record(self) -> None:
        source = Source(self.ports.store, self.prefix)
        for number in range(LISTED_BEFORE, SEGMENTS - 1):
            source.append([_segment(number)], 6)
            if number % 3:
                source.write()
        unlisted = _segment(SEGMENTS - 1)
        key = f"{self.prefix}segments/{unlisted.name.file}"
        self.store.put_new(key, b"data", "video/mp2t", to_metadata(unlisted))
        source.end()

    def cut(self, begin_s: float, end_s: float, key: str | None = None) -> None:
        """What is not there yet, or is cut out by somebody else, cannot be cut."""
        asked = Asked(begin_s, end_s, Line.SOURCE)
        request = one_request(key, "cut", {"begin": begin_s, "end": end_s}) if key else None
        with suppress(Unprocessable):
            answer = cut_recording(self.ports, self.recording, asked, request)
            assert self.answered.setdefault(answer["cut_id"], answer) == answer

    def edit(self) -> None:
        self.cut(0, 12)
        self.cut(18, 24, "key")
        for cut_id in list(self.answered)[:1]:
            undo_cut(self.ports, self.recording, cut_id)
            self.undone.add(cut_id)
        self.cut(6, 12)

    def edit_too(self) -> None:
        self.cut(18, 24, "key")
        self.cut(6, 30)
        self.cut(42, 48)

    def all_finish(self) -> None:
        while self.turns.move(0):
            self.look_on()

    def look_on(self) -> None:
        """Whoever plays it reads a playlist that is whole, and what was to be published at some time."""
        if not self.has_news:
            return
        self.has_news = False
        for name, render in (("index.m3u8", render_published), ("live.m3u8", render_live)):
            text = self.text(name)
            if text:
                m3u8.loads(text)
                assert any(text == render(source, edits) for source in self.sources for edits in self.edits)


def _segment(number: int) -> StoredSegment:
    name = SegmentName(0, 3 * number, 3 * number + 2)
    return StoredSegment(name, 6.0, NOON, number == 4, 0.0, 6.0, "init", 4)


def _noon() -> Any:
    return NOON


@pytest.fixture(params=["memory", "files", "files that publish", "S3"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], MediaStore]]:
    links = LinkSigner(b"key", _noon)
    match request.param:
        case "memory":
            yield MemoryStore
        case "files":
            yield lambda: FileStore(tmp_path, links)
        case "files that publish":
            yield lambda: PublishingStore(tmp_path, links, openly=True)
        case _:
            with mock_aws():
                client = boto3.client("s3", region_name=REGION, config=S3_CONFIG)
                client.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
                yield lambda: S3MediaStore(client, "bucket")


@pytest.fixture
def new_recording(new_store: Callable[[], MediaStore], tmp_path: Path) -> Callable[[], AtOnce]:
    ports = local_ports(tmp_path, _noon, ScriptedPlatform(), Launches(), Settings(public_playback=True))
    numbers = count(1)

    def new() -> AtOnce:
        store, turns = new_store(), Turns()
        by_event = not isinstance(store, PublishingStore)
        recording = a_recording(prefix=f"media/chzzk/c1/2026/11/22/{next(numbers)}/")

        def written(key: str, body: bytes) -> None:
            at_once.written(key, body, by_event=by_event)

        in_turns = replace(ports, store=StoreInTurns(store, turns, written))
        at_once = AtOnce(in_turns, recording, store, turns)
        first = Source(in_turns.store, recording.prefix)
        first.append([_segment(number) for number in range(LISTED_BEFORE)], 6)
        first.write()
        return at_once

    return new


@pytest.mark.timeout(600 * TIMES)
@in_many_orders
@given(order=ORDERS)
def test_all_that_was_recorded_and_edited_is_published_in_the_end(
    new_recording: Callable[[], AtOnce], order: Order
) -> None:
    at_once = new_recording()
    for deed in (at_once.record, at_once.edit, at_once.edit_too):
        at_once.turns.begin(deed)

    while at_once.turns.move(order.next()):
        at_once.look_on()

    source, edits = at_once.text("source.m3u8"), parse_edits(at_once.text("edits.json"))
    assert [segment.name for segment in parse_source(source).segments] == [_segment(n).name for n in range(SEGMENTS)]
    assert {cut.cut_id for cut in edits.cuts} == at_once.answered.keys() - at_once.undone
    assert at_once.text("index.m3u8") == render_published(source, edits)
    assert at_once.text("live.m3u8") == render_live(source, edits)


@pytest.mark.timeout(600 * TIMES)
@in_many_orders
@given(order=ORDERS)
def test_undoing_all_while_others_edit_leaves_what_came_after(
    new_recording: Callable[[], AtOnce], order: Order
) -> None:
    at_once = new_recording()
    at_once.record()
    deeds = (lambda: at_once.cut(0, 12), lambda: undo_cuts(at_once.ports, at_once.recording), at_once.publish)
    for deed in deeds:
        at_once.turns.begin(deed)

    while at_once.turns.move(order.next()):
        at_once.look_on()

    left = parse_edits(at_once.text("edits.json")).cuts if at_once.text("edits.json") else ()
    assert {cut.cut_id for cut in left} <= set(at_once.answered)
    assert at_once.text("index.m3u8") == render_published(at_once.text("source.m3u8"), Edits(cuts=left))


@pytest.mark.parametrize("key", [None, "key"])
def test_an_edit_that_broke_off_before_it_was_published_is_published_when_it_is_repeated(
    new_recording: Callable[[], AtOnce], key: str | None
) -> None:
    at_once = new_recording()
    at_once.cut(0, 6, key)
    index = at_once.store.version(at_once.prefix + "index.m3u8")
    before = render_published(at_once.text("source.m3u8"), Edits())
    at_once.store.put(at_once.prefix + "index.m3u8", before.encode(), "text/plain", index)

    at_once.cut(0, 6, key)

    assert "#EXT-X-GAP" in at_once.text("index.m3u8")
    assert len(at_once.answered) == 1


@pytest.mark.parametrize("calls", range(1, 9))
def test_what_is_edited_while_it_is_published_is_published_even_if_its_event_is_lost(
    new_recording: Callable[[], AtOnce], calls: int
) -> None:
    at_once = new_recording()
    at_once.all_finish()
    at_once.turns.begin(at_once.publish)
    for _ in range(calls):
        assert at_once.turns.move(0)

    edits = Edits((Cut("1", Span(_segment(0).name, _segment(1).name), NOON),))
    at_once.edits.append(edits)
    at_once.store.put(at_once.prefix + "edits.json", render_edits(edits).encode(), "text/plain", None)
    at_once.all_finish()

    assert at_once.text("index.m3u8") == render_published(at_once.text("source.m3u8"), edits)
