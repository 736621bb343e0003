import pytest

from mntreamer.domain.recordings.library import behind_folder, folder_in, path_of, prefix_of

CHANNEL = "chzzk/채널.1f0a9c3e"


@pytest.mark.parametrize("path", ["", "chzzk", CHANNEL, f"{CHANNEL}/2026/11/22"])
def test_a_path_is_a_prefix_without_its_ends(path: str) -> None:
    assert path_of(prefix_of(path)) == path
    assert prefix_of(f"/{path}/") == prefix_of(path)
    assert prefix_of(path).startswith("media/")
    assert prefix_of(path).endswith("/")


def test_a_name_that_is_typed_in_parts_is_found() -> None:
    assert prefix_of("chzzk/\u1112\u1161\u11ab.1") == prefix_of("chzzk/\ud55c.1")


def test_a_recording_lies_in_the_folders_that_its_prefix_names() -> None:
    prefix = f"media/{CHANNEL}/2026/11/22/1/"
    assert folder_in("media/chzzk/", prefix) == "채널.1f0a9c3e"
    assert folder_in(f"media/{CHANNEL}/2026/", prefix) == "11"
    assert folder_in(f"media/{CHANNEL}/2026/11/22/", prefix) is None


def test_behind_a_folder_comes_all_that_is_not_in_it() -> None:
    behind = behind_folder("media/chzzk/", "a.1")
    assert "media/chzzk/a.1/9999/99/99/9/" < behind < "media/chzzk/a.10/2026/11/22/1/"
