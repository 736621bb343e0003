from pathlib import Path

import pytest

from demo.demo_folder import emptied
from demo.failures import DidNotHappen


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_what_the_last_demo_left_is_removed(tmp_path: Path) -> None:
    with emptied(tmp_path / "demo-data") as folder:
        (folder / "data" / "media").mkdir(parents=True)
        (folder / "server.log").write_text("lines")
    assert names_in(folder) == {"data", "server.log"}
    with emptied(folder):
        assert names_in(folder) == set()


def test_what_others_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(DidNotHappen, match="not made by the demo"), emptied(tmp_path):
        pytest.fail("the folder was opened")
    assert names_in(tmp_path) == {"thesis.txt"}


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    with emptied(tmp_path / "demo-data") as folder:
        (folder / "server.log").write_text("lines")
        with pytest.raises(DidNotHappen, match="another demo"), emptied(folder):
            pytest.fail("the folder was opened")
        assert names_in(folder) == {"server.log"}
