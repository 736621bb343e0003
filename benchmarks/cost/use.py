"""What something uses of what AWS charges for: an amount of each, by its name in the price table.

A name may say after a dot whose it is: `lambda_requests.api`.
"""

from collections.abc import Mapping

Use = Mapping[str, float]


def total(*uses: Use) -> Use:
    names = dict.fromkeys(name for use in uses for name in use)
    return {name: sum(use.get(name, 0.0) for use in uses) for name in names}


def times(use: Use, factor: float) -> Use:
    return {name: amount * factor for name, amount in use.items()}


def without(use: Use, rest: Use) -> Use:
    """What one used more than the other."""
    more = {name: amount for name, amount in total(use, times(rest, -1)).items() if amount}
    return dict(sorted(more.items()))
