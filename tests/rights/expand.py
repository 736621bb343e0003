"""`python expand.py TEMPLATE`: what SAM makes of a template, as JSON. It runs in the environment that SAM is in."""

import json
import os
import sys
from typing import Any

from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]
from samtranslator.parser.parser import Parser  # type: ignore[import-not-found]
from samtranslator.translator.translator import Translator  # type: ignore[import-not-found]

_CODE = ("CodeUri", "ContentUri")
# SAM wants code to be packaged before it expands a template.
_PACKAGED = "s3://packaged/code"


def main() -> int:
    os.environ["AWS_DEFAULT_REGION"] = "ap-northeast-2"
    template = json.loads(json.dumps(load(sys.argv[1])))
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        properties |= {name: _PACKAGED for name in _CODE if name in properties}
    # Without a map of the policies that AWS keeps, whoever names one by its name alone is refused.
    expanded: dict[str, Any] = Translator({}, Parser()).translate(template, {})
    json.dump(expanded, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
