"""Streamers are added, looked at, paused, preferred and removed with a mouse or a keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.conftest import Site, streamer_row
from tests.console.staging import call

pytestmark = pytest.mark.xdist_group("console")


def _add(page: Page, typed: str) -> None:
    page.get_by_label("Channel URL or nickname").fill(typed)
    page.get_by_role("button", name="Add", exact=True).click()


def test_an_empty_page_says_what_to_do(page: Page, new_site: Callable[..., Site]) -> None:
    page.goto(new_site().url)

    expect(page.get_by_role("heading", name="Nobody is watched yet")).to_be_visible()
    expect(page.get_by_text("Add a channel above")).to_be_visible()


def test_a_channel_is_added_by_the_address_that_was_pasted(page: Page, site: Site) -> None:
    channel_id = site.chzzk.add_channel("주소로")
    page.goto(site.url)
    _add(page, f"https://chzzk.naver.com/live/{channel_id}")

    expect(page.get_by_text("주소로 is watched from now on")).to_be_visible()
    expect(streamer_row(page, "주소로")).to_contain_text("Next check")


def test_of_a_name_that_several_have_one_is_chosen(page: Page, site: Site) -> None:
    for name in ("비슷한 하나", "비슷한 둘"):
        site.chzzk.add_channel(name)
    page.goto(site.url)
    _add(page, "비슷한")
    page.get_by_role("group", name="Which of these do you mean?").get_by_role("button", name="비슷한 둘").click()

    expect(streamer_row(page, "비슷한 둘")).to_be_visible()
    expect(streamer_row(page, "비슷한 하나")).to_have_count(0)
    expect(page.get_by_label("Channel URL or nickname")).to_have_value("")
    expect(page.get_by_label("Channel URL or nickname")).to_be_focused()


def test_what_no_channel_is_called_is_said_beside_the_field(page: Page, site: Site) -> None:
    page.goto(site.url)
    _add(page, "아무도 아님")

    expect(page.get_by_role("alert")).to_contain_text("아무도 아님")
    expect(page.get_by_label("Channel URL or nickname")).to_have_value("아무도 아님")


def test_a_pause_ends_the_checks_and_a_click_begins_them_again(page: Page, site: Site) -> None:
    site.chzzk.add_channel("쉬는 이")
    page.goto(site.url)
    _add(page, "쉬는 이")
    row = streamer_row(page, "쉬는 이")
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")
    expect(row).not_to_contain_text("Next check")

    row.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("Next check")


def test_a_removed_streamer_comes_back_as_it_was(page: Page, site: Site) -> None:
    path = f"streamers/chzzk/{site.chzzk.add_channel('돌아올 이')}"
    page.goto(site.url)
    _add(page, "돌아올 이")
    row = streamer_row(page, "돌아올 이")
    row.locator("summary").click()
    row.get_by_label("Priority").fill("7")
    row.get_by_label("Priority").press("Tab")
    own = {"filters": {"titles": ["maple"]}, "recorders": 2, "schedule": "stepped", "max_height": 720}
    before = call(site, "PATCH", path, own)
    row.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)

    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("maple")
    after = call(site, "GET", path)
    assert {name: after[name] for name in own} == {name: before[name] for name in own}
    row.locator("summary").click()
    expect(row.get_by_label("Priority")).to_have_value("7")


def test_another_window_s_changes_come_without_a_reload(page: Page, site: Site) -> None:
    site.chzzk.add_channel("두 창")
    page.goto(site.url)
    other = page.context.new_page()
    other.goto(site.url)
    _add(other, "두 창")

    expect(streamer_row(page, "두 창")).to_be_visible()


def test_it_speaks_korean_to_whose_browser_prefers_it_and_remembers_a_choice(browser: Browser, site: Site) -> None:
    with browser.new_context(locale="ko-KR") as context:
        korean = context.new_page()
        korean.goto(site.url)
        expect(korean.get_by_label("채널 주소 또는 닉네임")).to_be_visible()
        expect(korean.locator("html")).to_have_attribute("lang", "ko")
        korean.get_by_label("언어").select_option("en")
        korean.reload()
        expect(korean.get_by_label("Channel URL or nickname")).to_be_visible()


def test_what_the_server_says_is_said_in_korean_too(browser: Browser, site: Site) -> None:
    channel = site.chzzk.add_channel("다른 방송")
    path = f"streamers/chzzk/{channel}"
    call(site, "POST", "streamers", {"platform": "chzzk", "channel_id": channel})
    call(site, "PATCH", path, {"filters": {"titles": ["메이플"]}, "schedule": "stepped"})
    site.chzzk.go_live(channel, "오늘은 요리", "먹방")
    call(site, "POST", f"{path}/check")

    with browser.new_context(locale="ko-KR") as context:
        korean = context.new_page()
        korean.goto(site.url)
        row = streamer_row(korean, "다른 방송")
        expect(row).to_contain_text("방송 중이지만 제목이 필터와 맞지 않습니다", timeout=30_000)
        expect(row.get_by_title("이제 녹화할 수 있는지 다시 확인합니다")).to_be_visible()
