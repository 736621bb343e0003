"""What is recorded is cut and exported through the deployed API."""

import requests

from tests.emulator.caller import Caller, recording_path
from tests.emulator.story import Story


def test_a_cut_is_left_out_of_what_is_published(story: Story, caller: Caller) -> None:
    assert story.closed
    before = story.published().segments
    cut = caller.post(f"{recording_path(story.recording_id)}/cuts", {"begin": 0.0, "end": 1.0})
    after = story.published().segments
    assert cut["segments"] == 1
    assert [segment.uri for segment in after] == [segment.uri for segment in before[1:]]


def test_an_export_is_made_by_the_task_that_is_asked_for(story: Story) -> None:
    export = story.exported
    assert export["status"] == "DONE"
    (file,) = export["files"]
    assert requests.get(file["url"], timeout=10).content[4:8] == b"ftyp"
