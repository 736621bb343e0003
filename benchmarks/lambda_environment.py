"""The environment that template.yaml gives to the functions, for whoever runs them here."""

from functools import cache
from typing import Any

from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

from benchmarks.lambda_layers import ROOT

# Nobody is asked, and so nobody checks them.
_ACCOUNT = {
    "AWS_REGION": "ap-northeast-2",
    "AWS_DEFAULT_REGION": "ap-northeast-2",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
}


@cache
def function_environment() -> dict[str, str]:
    """Of all functions together: the parameters' defaults, and names for what is yet to be made."""
    template = load(str(ROOT / "template.yaml"))
    functions = [body["Properties"] for body in template["Resources"].values() if "Function" in body["Type"]]
    told: dict[str, Any] = {}
    for one in (template["Globals"]["Function"], *functions):
        told |= one.get("Environment", {}).get("Variables", {})
    return _ACCOUNT | {name: _value(value, template["Parameters"]) for name, value in told.items()}


def _value(value: Any, parameters: Any) -> str:
    match value:
        case {"Ref": str(name)} if "Default" in parameters.get(name, {}):
            return str(parameters[name]["Default"])
        case str():
            return value
        case _:
            return "made-at-the-deployment"
