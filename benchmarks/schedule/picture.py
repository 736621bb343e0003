"""Looks a day against the mean delay, as a picture: both axes are logarithmic, and down and left is better."""

from collections.abc import Iterator, Mapping, Sequence
from math import log
from xml.sax.saxutils import escape

from benchmarks.schedule.figures import Figures

_WIDTH, _HEIGHT, _MARGIN = 760, 460, 70
_LOOKS, _DELAYS_S = (10, 2000), (20, 1500)
_LOOKS_TICKS = (10, 20, 50, 100, 200, 500, 1000, 2000)
_DELAY_TICKS = {20: "20 s", 60: "1 min", 120: "2 min", 300: "5 min", 600: "10 min", 1200: "20 min"}
_COLOURS = ("#6e7781", "#cf222e", "#0969da", "#1a7f37", "#8250df")


def picture(lines: Mapping[str, Sequence[Figures]]) -> str:
    """SVG. Each line's points are in order; a line of one point is a dot."""
    colours = dict(zip(lines, _COLOURS, strict=False))
    drawn = [mark for name, points in lines.items() for mark in _line(points, colours[name])]
    return "\n".join((_head(), *_axes(), *drawn, *_legend(colours), "</svg>\n"))


def _head() -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="13" role="img"><title>Looks a channel and day against the mean delay</title>'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    )


def _axes() -> Iterator[str]:
    bottom, right = _HEIGHT - _MARGIN, _WIDTH - _MARGIN
    for looks in _LOOKS_TICKS:
        yield f'<path d="M{_x(looks):.1f} 20V{bottom}" stroke="#d8dee4"/>'
        yield f'<text x="{_x(looks):.1f}" y="{bottom + 20}" text-anchor="middle">{looks}</text>'
    for delay_s, label in _DELAY_TICKS.items():
        yield f'<path d="M{_MARGIN} {_y(delay_s):.1f}H{right}" stroke="#d8dee4"/>'
        yield f'<text x="{_MARGIN - 8}" y="{_y(delay_s) + 4:.1f}" text-anchor="end">{label}</text>'
    yield f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 20}" text-anchor="middle">looks a channel and day</text>'
    yield (
        f'<text transform="translate(16 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">'
        "how late a start is seen, mean</text>"
    )


def _legend(colours: Mapping[str, str]) -> Iterator[str]:
    right = _WIDTH - _MARGIN - 8
    for number, (name, colour) in enumerate(colours.items()):
        yield (
            f'<text x="{right}" y="{42 + 19 * number}" text-anchor="end" fill="{colour}" font-weight="bold">'
            f"{escape(name)}</text>"
        )


def _line(points: Sequence[Figures], colour: str) -> Iterator[str]:
    places = [(_x(of.looks_a_day), _y(of.mean_s)) for of in points if of.mean_s]
    if len(places) > 1:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'


def _x(looks: float) -> float:
    return _MARGIN + _share(looks, _LOOKS) * (_WIDTH - 2 * _MARGIN)


def _y(delay_s: float) -> float:
    return _HEIGHT - _MARGIN - _share(delay_s, _DELAYS_S) * (_HEIGHT - _MARGIN - 20)


def _share(value: float, between: tuple[float, float]) -> float:
    least, most = between
    return log(value / least) / log(most / least)
