"""What no reader should have to find out: that a link leads nowhere, a command is gone, a sum is wrong."""

import re
from collections.abc import Callable, Iterator
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
WRITTEN_IN = ("", "docs", "docs/decisions", "tests/emulator")
PAGES = sorted(page for folder in WRITTEN_IN for page in (ROOT / folder).glob("*.md"))
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = ("https://", "http://", "mailto:")
PARAMETERS: dict[str, Any] = load(str(ROOT / "template.yaml"))["Parameters"]
TIMES, BY = "\N{MULTIPLICATION SIGN}", "\N{DIVISION SIGN}"
CALCULATION = re.compile(rf"([\d.,]+(?: [{TIMES}{BY}] [\d.,]+)+) = ([\d.,]+)")
POWER = {TIMES: 1, BY: -1}
OF_ITS_WORTH = 0.03  # as sums are rounded for people


def text(page: Path) -> str:
    return page.read_text()


def prose(page: Path) -> str:
    return FENCE.sub("", text(page))


def code(page: Path) -> list[str]:
    """Its blocks and its spans."""
    return [*FENCE.findall(text(page)), *SPAN.findall(prose(page))]


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    words = LINK.sub("]", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


@cache
def anchors(page: Path) -> frozenset[str]:
    return frozenset(slug(heading) for heading in re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE))


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        yield from ((page, link) for link in LINK.findall(prose(page)) if not link.startswith(ELSEWHERE))


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


def test_every_link_leads_somewhere() -> None:
    found = list(links())
    assert len(found) > 50
    assert not [f"{page.relative_to(ROOT)}: {link}" for page, link in found if not leads_somewhere(page, link)]


@pytest.mark.parametrize("link", ["nowhere.md", "README.md#no-such-section"])
def test_a_link_that_leads_nowhere_is_found(link: str) -> None:
    assert not leads_somewhere(ROOT / "CHANGELOG.md", link)


@pytest.mark.parametrize("folder", ["docs", "docs/decisions"])
def test_every_page_can_be_reached_from_an_index(folder: str) -> None:
    index = ROOT / ("README.md" if folder == "docs" else f"{folder}/README.md")
    linked = {(page.parent / link.partition("#")[0]).resolve() for page, link in links() if page == index}
    assert {page for page in PAGES if page.parent == ROOT / folder and page != index} <= linked


def test_every_parameter_is_explained_once() -> None:
    _, _, table = text(ROOT / "docs/aws.md").partition("\n| parameter |")
    assert sorted(re.findall(r"^\| `(\w+)` \|", table.partition("\n\n")[0], re.MULTILINE)) == sorted(PARAMETERS)


@pytest.mark.parametrize("name", [name for name, body in PARAMETERS.items() if body.get("Default", "") != ""])
def test_a_parameter_s_default_is_the_one_that_is_told(name: str) -> None:
    [told] = re.findall(rf"^\| `{name}` \|.*\| (.+) \|$", text(ROOT / "docs/aws.md"), re.MULTILINE)
    assert told.strip("`") == str(PARAMETERS[name]["Default"])


def test_every_make_target_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = {name for page in PAGES for part in code(page) for name in re.findall(r"\bmake ([a-z-]+)(?!\S*…)", part)}
    assert len(named) > 10
    assert named <= targets


def number(digits: str) -> float:
    return float(digits.replace(",", "").rstrip("."))


def worth(calculation: str) -> float:
    first, *others = re.split(rf" ([{TIMES}{BY}]) ", calculation)
    steps = zip(others[::2], others[1::2], strict=True)
    return reduce(lambda so_far, step: so_far * number(step[1]) ** POWER[step[0]], steps, number(first))


def test_the_limits_are_calculated_right() -> None:
    calculations = CALCULATION.findall(text(ROOT / "docs/limits.md"))
    assert len(calculations) > 10
    wrong = [(sum_, told) for sum_, told in calculations if abs(worth(sum_) / number(told) - 1) > OF_ITS_WORTH]
    assert not wrong


ENGLISH, KOREAN = ROOT / "README.md", ROOT / "README.ko.md"
HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
COMMENT = re.compile(r" +# .*$", re.MULTILINE)
ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


def levels(page: Path) -> list[int]:
    """How deep each of its headings is."""
    return [len(heading.partition(" ")[0]) for heading in HEADING.findall(prose(page))]


def commands(page: Path) -> list[str]:
    return [COMMENT.sub("", block) for block in FENCE.findall(text(page))]


def names(page: Path) -> set[str]:
    return set(SPAN.findall(prose(page)))


def table_figures(page: Path) -> list[list[str]]:
    """Those of each row, in whatever order its language puts them."""
    return [sorted(FIGURE.findall(row)) for row in ROW.findall(prose(page))]


def prose_figures(page: Path) -> list[set[str]]:
    """Those of each section."""
    return [set(FIGURE.findall(section)) for section in HEADING.split(prose(page))]


def targets(page: Path) -> list[str]:
    """Where its links lead, but for those within the page and to the other language."""
    return sorted(
        link for link in LINK.findall(prose(page)) if link[0] != "#" and link not in ("README.md", "README.ko.md")
    )


@pytest.mark.parametrize("part", [levels, commands, names, table_figures, targets], ids=lambda part: part.__name__)
def test_the_readme_says_the_same_in_both_languages(part: Callable[[Path], object]) -> None:
    assert part(KOREAN) == part(ENGLISH)


def test_no_figure_of_the_readme_is_left_out_in_korean() -> None:
    pairs = zip(prose_figures(ENGLISH), prose_figures(KOREAN), strict=True)
    assert not [figure for english, korean in pairs for figure in sorted(english - korean)]


def test_each_readme_leads_to_the_other() -> None:
    assert "README.ko.md" in LINK.findall(text(ENGLISH))
    assert "README.md" in LINK.findall(text(KOREAN))
