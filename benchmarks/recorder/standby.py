"""What an hour costs on AWS that two recorders make, by what was measured of both."""

from benchmarks.cost.bill import dollars
from benchmarks.cost.model import kept_model
from benchmarks.cost.prices import read_prices
from benchmarks.cost.rates import ONE, TWO
from benchmarks.cost.use import Use

_REGION = "ap-northeast-2"


def standby_cost_ratio() -> float:
    """Of a recorded hour on demand, with a standby and without."""
    model, prices = kept_model(), read_prices(_REGION)
    return dollars(model.made(TWO), prices) / dollars(model.made(ONE), prices)


def table() -> str:
    """Markdown: what a recorded hour takes with one recorder and with two."""
    model, prices = kept_model(), read_prices(_REGION)
    one, two = model.made(ONE), model.made(TWO)
    rows = [_row(title, one, two, name) for title, name in _SHOWN.items()]
    priced = f"| dollars | {dollars(one, prices):.4f} | {dollars(two, prices):.4f} |"
    return "\n".join(("| a recorded hour | one recorder | and a standby |\n|---|--:|--:|", *rows, priced))


_SHOWN = {
    "hours of Fargate": "public_ipv4_h",
    "PUT requests to S3": "s3_puts",
    "GET and HEAD requests": "s3_gets",
    "written units of DynamoDB": "dynamodb_write_units",
    "read units": "dynamodb_read_units",
}


def _row(title: str, one: Use, two: Use, name: str) -> str:
    return f"| {title} | {one.get(name, 0.0):,.0f} | {two.get(name, 0.0):,.0f} |"
