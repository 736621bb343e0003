import json

import pytest

from benchmarks.platform_answers import Answers, channel_id_of
from mntreamer.domain.errors import NotFound
from mntreamer.domain.monitors.probe import Offline
from mntreamer.platforms import chzzk_answers
from mntreamer.platforms.chzzk_answers import LiveStatus, OnAir
from mntreamer.platforms.fields import Fields
from mntreamer.platforms.json_api import Answer

OFF_AIR, ON_AIR, UNKNOWN = 0, 2, 3
STATUS = "/polling/v3.1/channels/{}/live-status"
DETAIL = "/service/v3.3/channels/{}/live-detail"
CHANNEL = "/service/v1/channels/{}"


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers(channels=3, live={ON_AIR})


def content(answers: Answers, route: str, number: int) -> Fields | None:
    head, _, body = answers.to(_request(route.format(channel_id_of(number)))).partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
    return chzzk_answers.content_of(Answer(int(head.split()[1]), json.loads(body)))


def _request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1".encode()


def test_ids_are_those_of_the_platform() -> None:
    assert channel_id_of(255) == chzzk_answers.channel_id_from("0" * 30 + "ff")


@pytest.mark.parametrize(("number", "status"), [(OFF_AIR, LiveStatus.CLOSE), (ON_AIR, LiveStatus.OPEN)])
def test_the_live_status(answers: Answers, number: int, status: LiveStatus) -> None:
    assert chzzk_answers.status_in(content(answers, STATUS, number)) is status


def test_the_live_detail(answers: Answers) -> None:
    assert isinstance(chzzk_answers.detail_in(content(answers, DETAIL, ON_AIR)), OnAir)
    assert chzzk_answers.detail_in(content(answers, DETAIL, OFF_AIR)) == Offline()


def test_each_channel_is_itself(answers: Answers) -> None:
    assert [chzzk_answers.channel_in(content(answers, CHANNEL, number)).channel_id for number in range(3)] == [
        channel_id_of(number) for number in range(3)
    ]


@pytest.mark.parametrize("route", [STATUS, DETAIL])
def test_a_channel_behind_the_last_one_is_not_found(answers: Answers, route: str) -> None:
    with pytest.raises(NotFound):
        content(answers, route, UNKNOWN)


def test_a_channel_behind_the_last_one_is_nobody(answers: Answers) -> None:
    with pytest.raises(NotFound):
        chzzk_answers.channel_in(content(answers, CHANNEL, UNKNOWN))


@pytest.mark.parametrize("path", ["/", "/service/v9/channels/" + "0" * 32, "/service/v1/channels/short"])
def test_any_other_path_leads_nowhere(answers: Answers, path: str) -> None:
    assert answers.to(_request(path)).startswith(b"HTTP/1.1 404 ")
