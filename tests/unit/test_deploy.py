"""`infra/deploy`, with commands that stand in for AWS, Docker and SAM and write down what they are told."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
URI = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/mntreamer-recorder"
DIGEST = "sha256:" + "0" * 64

STAND_IN = r"""#!/bin/sh
echo "$(basename "$0") $*" >> "$TOLD"
case "$(basename "$0") $*" in
    "aws iam get-role "*) [ "$ROLE" = there ] ;;
    "aws ecr describe-repositories "*) [ "$REPOSITORY" = there ] && echo "$URI" ;;
    "aws ecr create-repository "*) echo "$URI" ;;
    "aws ecr get-login-password "*) echo the-password ;;
    "aws ecr describe-images "*) echo "$DIGEST" ;;
    "docker login "*) [ "$(cat)" = the-password ] ;;
    "docker buildx build "*) [ "$PUSH" = works ] ;;
esac
"""


class Deployment:
    """What was told to whom, in this order."""

    def __init__(self, folder: Path) -> None:
        self._told = folder / "told"
        self._path = folder / "bin"
        self._path.mkdir()
        for command in ("aws", "docker", "sam"):
            (self._path / command).write_text(STAND_IN)
            (self._path / command).chmod(0o755)

    def run(self, *arguments: str, repository: str = "there", push: str = "works", **settings: str) -> int:
        told = {"TOLD": str(self._told), "URI": URI, "DIGEST": DIGEST, "REPOSITORY": repository, "PUSH": push}
        environment = {"PATH": f"{self._path}{os.pathsep}{os.environ['PATH']}", "ROLE": "there", **told, **settings}
        command = [str(ROOT / "infra/deploy"), *arguments]
        return subprocess.run(command, env=environment, cwd=self._path, check=False, timeout=30).returncode  # noqa: S603

    def told(self, command: str) -> list[str]:
        return [line for line in self._told.read_text().splitlines() if line.startswith(command)]


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    return Deployment(tmp_path)


def test_the_stack_is_told_the_very_image_that_was_pushed(deployment: Deployment) -> None:
    assert deployment.run() == 0
    [build], [deploy] = deployment.told("docker buildx build"), deployment.told("sam deploy")
    assert f"name={URI}:" in build
    assert "--platform linux/arm64" in build
    assert f"RecorderImageUri={URI}@{DIGEST}" in deploy
    assert "--region ap-northeast-2 --stack-name mntreamer" in deploy


@pytest.mark.parametrize(("repository", "created"), [("there", 0), ("missing", 1)])
def test_the_repository_is_created_once(deployment: Deployment, repository: str, created: int) -> None:
    assert deployment.run(repository=repository) == 0
    assert len(deployment.told("aws ecr create-repository")) == created
    assert len(deployment.told("sam deploy")) == 1


@pytest.mark.parametrize(("role", "created"), [("there", 0), ("missing", 1)])
def test_an_account_that_never_used_ecs_gets_its_role_before_anything_else(
    deployment: Deployment, role: str, created: int
) -> None:
    assert deployment.run(ROLE=role) == 0
    assert len(deployment.told("aws iam create-service-linked-role")) == created
    assert deployment.told("")[0].startswith("aws iam get-role")


def test_an_image_that_cannot_be_pushed_is_not_deployed(deployment: Deployment) -> None:
    assert deployment.run(push="fails") != 0
    assert not deployment.told("sam")


def test_the_registry_s_password_is_no_argument(deployment: Deployment) -> None:
    deployment.run()
    assert not [line for line in deployment.told("") if "the-password" in line]


def test_where_and_what_can_be_said(deployment: Deployment) -> None:
    parameters = "MaxHeight=720 ExportDays=3"
    deployment.run("--no-confirm-changeset", REGION="us-east-1", STACK="other", PARAMETERS=parameters)
    [deploy] = deployment.told("sam deploy")
    assert "--region us-east-1 --stack-name other" in deploy
    assert deploy.endswith(f" {parameters} --no-confirm-changeset")
    assert all("--region us-east-1" in line for line in deployment.told("aws"))
