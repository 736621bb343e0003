"""`make demo`'s run, as a newcomer starts it, and what it leaves behind."""

import json
import subprocess
import sys
from pathlib import Path

import av
import pytest


@pytest.mark.timeout(170)
@pytest.mark.xdist_group("demo")
def test_the_demo_records_a_live_session_whole(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "demo"], cwd=tmp_path, capture_output=True, text=True, timeout=160, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    facts = json.loads(run.stdout.splitlines()[-1])

    assert 0 < facts["detected_after_s"] < 62
    assert facts["lost_segments"] == 0
    assert facts["segments"] >= 4
    assert facts["duration_s"] > 20
    playlist = tmp_path / facts["playlist_path"]
    assert playlist.read_text().endswith("#EXT-X-ENDLIST\n")
    with av.open(str(playlist)) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert frames == pytest.approx(facts["duration_s"] * 30, abs=1)
