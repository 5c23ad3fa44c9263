"""What GitHub runs and shows: valid, pinned, with no right too many, safe from pull requests."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from klartekst.headers import security_headers
from klartekst.model import Cookie
from klartekst.review.comment import LIMIT, MARK

from .sites import REPOSITORY

GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")

every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    """A workflow; YAML reads its key “on” as true."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in found.items()}


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in read(path)["jobs"].values():
        yield from job["steps"]


def named(name: str) -> Path:
    return GITHUB / "workflows" / f"{name}.yml"


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]),
        ("dependabot", [GITHUB / "dependabot.yml"]),
    ],
)
def test_files_are_as_their_published_schema_asks(schema: str, paths: list[Path]) -> None:
    assert paths
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}",
         *map(str, paths)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@every_workflow
def test_every_action_is_pinned_to_a_commit_with_its_version(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    for line in lines:
        assert re.fullmatch(
            r"\s*(?:- )?uses: [\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line
        ), line


def test_an_action_is_pinned_to_one_commit_everywhere() -> None:
    pins = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    names = [pin.partition("@")[0] for pin in pins]
    assert len(names) == len(set(names)) > 0


@every_workflow
def test_rights_are_named_job_by_job_and_time_is_limited(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert workflow["defaults"]["run"]["shell"] == "bash"  # fails within pipes, too
    for name, job in workflow["jobs"].items():
        assert "permissions" in job, name
        assert job["timeout-minutes"] <= 45
        assert job["runs-on"] == "ubuntu-24.04"


def test_rights_to_write_are_few() -> None:
    found = {
        (path.stem, name, right)
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
        for right, level in job["permissions"].items()
        if level == "write"
    }
    assert found == {
        ("check", "code-scanning", "security-events"), ("comment", "comment", "pull-requests"),
        ("editor", "propose", "contents"),
    }  # fmt: skip


@every_workflow
def test_no_text_from_outside_becomes_a_command(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step


@every_workflow
def test_no_credentials_are_left_beside_what_is_run(path: Path) -> None:
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_what_runs_a_pull_request_knows_no_secret() -> None:
    for path in WORKFLOWS:
        triggers = read(path)["on"]
        assert "pull_request_target" not in triggers
        if "pull_request" in triggers:
            assert "secrets." not in path.read_text("utf-8")


def test_what_posts_the_comment_runs_nothing_of_the_pull_request() -> None:
    for step in steps(named("comment")):
        assert "uses" not in step
        assert not re.search(r"\b(?:python|make|checkout|clone|source)\b", step["run"])
    text = named("comment").read_text("utf-8")
    assert f"workflows: [{read(named('review'))['name']}]" in text


def test_what_posts_the_comment_finds_the_one_that_review_writes() -> None:
    (post,) = (step for step in steps(named("comment")) if step["name"] == "Post it")
    assert post["env"]["MARK"] == MARK
    cut = re.search(r"\.\[:(\d+)\]", post["run"])
    assert cut and LIMIT <= int(cut[1]) < 65_536 - 200


def test_secret_is_known_only_where_nothing_of_the_repository_runs() -> None:
    jobs = read(named("publish"))["jobs"]
    assert "secrets." not in str(jobs["build"])
    publish = jobs["publish"]
    assert publish["environment"] == "production"
    assert not any("checkout" in step.get("uses", "") for step in publish["steps"])
    assert not any(re.search(r"\b(?:python|make)\b", s.get("run", "")) for s in publish["steps"])


def test_announced_version_comes_into_force_after_midnight_in_norway() -> None:
    workflow = read(named("publish"))
    assert workflow["env"]["TZ"] == "Europe/Oslo"
    hours = {int(each["cron"].split()[1]) for each in workflow["on"]["schedule"]}
    assert hours == {22, 23}  # midnight in Norway, in UTC: summer time, winter time


def test_what_is_published_has_the_headers_and_the_hidden_folders() -> None:
    build = read(named("publish"))["jobs"]["build"]["steps"]
    assert any("build.py headers > output/_headers" in step.get("run", "") for step in build)
    assert "Content-Security-Policy" in security_headers()
    for path in WORKFLOWS:
        for step in steps(path):
            if "path" in step.get("with", {}) and "upload-artifact" in step.get("uses", ""):
                folder = step["with"]["path"].endswith("/")
                assert not folder or step["with"]["include-hidden-files"] is True


def test_form_for_a_cookie_asks_for_all_that_the_register_takes() -> None:
    form = read(GITHUB / "ISSUE_TEMPLATE/cookie.yml")
    asked = {field.get("id") for field in form["body"]}
    taken = {field.name for field in msgspec.structs.fields(Cookie)}
    typed_otherwise = {"prefix", "pattern", "label", "lifetime_note"}
    assert taken - typed_otherwise <= asked
    assert {"country", "mechanism", "website"} <= asked


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_ask_in_both_languages(path: Path) -> None:
    form = read(path)
    for field in form["body"]:
        assert field["type"] == "markdown" or " / " in field["attributes"]["label"]
    assert " / " in form["name"]


def test_owners_are_named_for_paths_that_exist() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules[0][0] == "*"
    for path, *owners in rules:
        assert path == "*" or (REPOSITORY / path.strip("/")).is_dir(), path
        assert owners and all(re.fullmatch(r"@[\w-]+/[\w-]+", owner) for owner in owners)
    assert {"/content/", "/data/", "/archive/"} <= {path for path, *_ in rules}
