"""The health check that answers at once."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.starting import libraries
from bot.__main__ import health_folder
from bot.web.health import PlatformState, heartbeat, write_heartbeat
from tests.processes import ROOT, lecturebot

LOADED = """
import json, sys
from bot.__main__ import main
try:
    main()
except SystemExit as end:
    files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
    print(json.dumps([end.code, [name for name in ("click", "dataclasses", "pathlib") if name in sys.modules],
                      [file for file in files if "site-packages" in file and "_distutils_hack" not in file]]))
"""


@pytest.mark.parametrize(
    ("typed", "folder"),
    [
        ("health", "data"),
        ("health --data /d", "/d"),
        ("--data /d health", "/d"),
        ("health --lang ja", None),
        ("health --data", None),
        ("health --help", None),
        ("check", None),
        ("", None),
    ],
)
def test_only_a_plain_health_check_is_answered_without_the_command_line(typed: str, folder: str | None) -> None:
    assert health_folder(typed.split()) == folder


@pytest.mark.parametrize(("connected", "trouble"), [(True, ""), (False, ""), (True, "database is locked")])
def test_the_quick_answer_is_that_of_the_command_line(connected: bool, trouble: str, tmp_path: Path) -> None:
    states = {"discord": PlatformState(connected=connected, detail="" if connected else "reconnecting")}
    write_heartbeat(heartbeat(datetime.now(UTC), 12, states, ("lectures.yaml:3: 題名: 誤り",), trouble), tmp_path)
    quick = lecturebot("health", data=tmp_path)
    told = lecturebot("--lang", "en", "health", data=tmp_path)
    assert (quick.code, quick.out, quick.err) == (told.code, told.out, told.err)
    assert quick.code == (0 if connected and not trouble else 1)
    assert trouble in quick.out


def test_the_quick_answer_needs_no_library(tmp_path: Path) -> None:
    write_heartbeat(heartbeat(datetime.now(UTC), 12, {"discord": PlatformState(connected=True)}, ()), tmp_path)
    command = [sys.executable, "-c", LOADED, "--data", str(tmp_path), "health"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [0, [], []]


NEEDED = {"annotated_types", "click", "pydantic", "pydantic_core", "rich", "typing_extensions", "typing_inspection"}
NEEDED |= {"wcwidth", "yaml"}


def test_a_question_loads_no_library_that_it_does_not_need() -> None:
    question = ("--now", "2024-04-06T12:00+09:00", "ask", "/next")
    loaded = {each.partition(".")[0] for each in libraries(*question)}
    assert {each for each in loaded if not each.startswith("_")} == NEEDED
