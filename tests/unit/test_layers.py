"""What no build says of the layers: that the functions find in them all that they use, and import no more."""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from mntreamer.api.console.console import Console
from mntreamer.aws.composition import PAGE

ROOT = Path(__file__).parents[2]
LAYERS = ROOT / "layers"
PACKAGE = LAYERS / "core/python/mntreamer"
FUNCTIONS = sorted(path.name for path in (ROOT / "functions").glob("*") if (path / "app.py").exists())
IN_THE_BACKGROUND = sorted({*FUNCTIONS} - {"api"})
NAMED = "import sys, app; print(*sys.modules)"


def listed(layer: str, variable: str) -> list[str]:
    """What a variable of the layer's Makefile names."""
    [words] = re.findall(rf"^{variable} := (.*)$", (LAYERS / layer / "Makefile").read_text(), re.MULTILINE)
    return str(words).split()


def kept() -> set[str]:
    """The files of the package that the core layer is to hold."""
    elsewhere = tuple(listed("core", "ELSEWHERE"))
    sources = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py")}
    return {path for path in sources if not path.startswith(elsewhere)}


def imported_by(function: str) -> set[str]:
    """All modules that are there when the function's handler is, in a fresh interpreter."""
    paths = [str(ROOT / "functions" / function), *filter(None, sys.path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-c", NAMED]
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    return set(ran.stdout.split())


def built_core(layers: Path, into: Path) -> Path:
    """The package as it is in the core layer that is built of these layers' folder."""
    told = {"ARTIFACTS_DIR": str(into), "LAMBDA_PYTHON": sys.executable}
    command = ["make", "build-CoreLayer"]
    subprocess.run(command, cwd=layers / "core", env=os.environ | told, check=True, capture_output=True)  # noqa: S603 -- ours
    return into / "python/mntreamer"


def test_the_services_that_clients_are_made_of_are_kept_and_no_others() -> None:
    in_layer = [PACKAGE / path for path in kept()]
    clients = (re.findall(r'boto3\.client\("([a-z0-9]+)"', path.read_text()) for path in in_layer)
    assert sorted({name for of_file in clients for name in of_file}) == sorted(listed("deps", "SERVICES"))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_imports_what_its_layer_leaves_out(function: str) -> None:
    left_out = {f"mntreamer.{path.removesuffix('.py').replace('/', '.')}" for path in listed("core", "ELSEWHERE")}
    assert not imported_by(function) & left_out


@pytest.mark.parametrize("function", IN_THE_BACKGROUND)
def test_what_nobody_asks_over_http_starts_without_what_the_api_needs(function: str) -> None:
    assert not imported_by(function) & {"pydantic", "m3u8", "mntreamer.api", "aws_lambda_powertools.event_handler"}


def test_the_console_layer_holds_the_page_in_few_files_where_the_function_looks_for_it(tmp_path: Path) -> None:
    told = {"ARTIFACTS_DIR": str(tmp_path)}
    command = ["make", "build-ConsoleLayer"]
    subprocess.run(command, cwd=LAYERS / "console", env=os.environ | told, check=True, capture_output=True)  # noqa: S603 -- ours
    page = Console(tmp_path / PAGE.name).edition()

    assert PAGE.parent == Path("/opt")
    for name in ("index.html", "watch/watch.html"):
        asked_for = re.findall(r'(?:href|src)="/console/\w+/([^"]+)"', page.document(name))
        assert page.files.keys() >= {*asked_for}
        # Each is a call of the function, of which a new account may have ten at once.
        assert len(asked_for) < 5
        [module] = (page.files[path].text for path in asked_for if path.endswith(".js"))
        assert "../packages/hls.js/hls.min.js" in module


def test_the_core_layer_holds_compiled_what_functions_need_and_no_more(tmp_path: Path) -> None:
    built = built_core(LAYERS, tmp_path)

    assert {str(path.relative_to(built)) for path in built.rglob("*.py")} == kept()
    assert len(list(built.rglob("*.pyc"))) == len(kept())
    assert (built / "aws/recording_rates.json").exists()


def test_what_tools_left_in_the_package_stays_out_of_the_layer(tmp_path: Path) -> None:
    layers, into = tmp_path / "layers", tmp_path / ".aws-sam"
    copytree(LAYERS, layers, ignore=ignore_patterns("node_modules"))
    left = layers / "core/python/mntreamer/.mypy_cache/3.11"
    left.mkdir(parents=True, exist_ok=True)
    (left / "cache.db").touch()
    into.mkdir()

    built = built_core(layers, into)

    assert (built / "ports.py").exists()
    assert not [path for path in built.rglob("*") if path.name.startswith(".")]
