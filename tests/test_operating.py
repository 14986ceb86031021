"""docs/operating.md holds: its units start the bot, which may write what it must, and what it quotes is said."""

import asyncio
import json
import re
import shlex
import shutil
import string
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.i18n.catalog import PACKAGES
from bot.i18n.po import read_po
from tests.processes import AS_ANYBODY, ROOT, environment, lecturebot, started
from tests.standins.slack import SlackStandIn

OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
PROGRAM = "/opt/lecturebot/bin/lecturebot"
UNITS: dict[str, str] = {
    found[1]: found[0]
    for found in re.findall(r"^```ini\n(# /etc/systemd/system/(\S+)\n.*?)^```", OPERATING, re.DOTALL | re.MULTILINE)
}
PYTHON = f"{sys.executable} -m bot"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server's layout")


def value(unit: str, key: str) -> str:
    """What a unit sets a key to."""
    return next(line.partition("=")[2] for line in UNITS[unit].splitlines() if line.startswith(f"{key}="))


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    assert len(UNITS) == 3
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text.replace(PROGRAM, "/bin/true"), encoding="utf-8")
    verify = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)]
    verified = subprocess.run(verify, capture_output=True, text=True, check=False, timeout=60)
    assert (verified.returncode, verified.stderr) == (0, "")


@dataclass(frozen=True)
class Layout:
    """How the bot is started: the command, the folder in which, and the folders that it may write to."""

    command: list[str]
    folder: Path
    writable: list[Path]
    schedule: Path
    data: Path


def in_systemd(root: Path) -> Layout:
    """As the unit does it, with `root` in the place of `/`."""
    start = value("lecturebot.service", "ExecStart").replace(PROGRAM, PYTHON).replace(" /var", f" {root}/var")
    folder, writable = (
        root / value("lecturebot.service", key).lstrip("/") for key in ("WorkingDirectory", "ReadWritePaths")
    )
    return Layout(shlex.split(start), folder, [writable], folder / "schedule/lectures.yaml", folder / "data")


def in_container(root: Path) -> Layout:
    """As the image does it, with the folders that `compose.yaml` mounts."""
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    entry, arguments = (
        json.loads(re.findall(rf"^{name} (\[.*\])", image, re.MULTILINE)[0]) for name in ("ENTRYPOINT", "CMD")
    )
    folder = root / re.findall(r"^WORKDIR /(\w+)\nVOLUME /data$", image, re.MULTILINE)[0]
    service = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["lecturebot"]
    assert service["read_only"]
    mounted = [root / each.partition(":")[2].lstrip("/") for each in service["volumes"]]
    start = [word.replace("/data", f"{root}/data") for word in (*entry[1:], *arguments)]
    return Layout([*shlex.split(PYTHON), *start], folder, mounted, folder / "lectures.yaml", root / "data")


def made(layout: Layout, root: Path) -> None:
    """Makes the folders, and lets nothing be written beside them."""
    for each in (*layout.writable, layout.schedule.parent):
        each.mkdir(parents=True, exist_ok=True)
    layout.schedule.write_bytes((ROOT / "lectures.yaml").read_bytes())
    root.chmod(0o555)


@pytest.mark.parametrize("layout", [in_systemd, in_container])
async def test_in_the_documented_layout_an_organizer_s_change_is_written(
    layout: Callable[[Path], Layout], tmp_path: Path
) -> None:
    laid_out = layout(tmp_path)
    made(laid_out, tmp_path)
    async with SlackStandIn() as slack:
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "LECTUREBOT_ADMINS": f"slack:{slack.user.id}",
        }
        command = (*AS_ANYBODY, *laid_out.command)
        async with started(command, cwd=laid_out.folder, data=laid_out.data, settings=settings) as bot:
            await bot.says("platform.connected")
            told = await asyncio.to_thread(lecturebot, "health", data=bot.data)
            assert (told.code, told.out) == (0, "All is well (slack).\n")
            draft = await (await slack.command("/lecturebot", "admin title 10 Geometry")).seen()
            await slack.click(draft, action_id="here.0")
            await slack.until(lambda: "Geometry" in laid_out.schedule.read_text(encoding="utf-8"))
            assert await bot.told_to_end() == 0


def test_a_backup_s_command_is_one(tmp_path: Path) -> None:
    (tmp_path / "var/lib/lecturebot").mkdir(parents=True)
    command = value("lecturebot-backup.service", "ExecStart").replace("%%", "%")
    command = command.replace(PROGRAM, PYTHON).replace(" /var", f" {tmp_path}/var")
    done = subprocess.run(
        shlex.split(command), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"There is no database {tmp_path}/var/lib/lecturebot/data/lecturebot.db.\n"


BARE = re.compile(r"\{\w+\}")
TEMPLATES = [
    form
    for package in PACKAGES
    for forms in read_po((ROOT / f"bot/i18n/{package}.en.po").read_text(encoding="utf-8")).values()
    for form in forms
    if len(BARE.sub("", form)) > 12
]
"""What the bot says, but for what is little more than its placeholders."""

SAID = re.findall(r"^\| `([^`]+)` \|", OPERATING.partition("## What to do when")[2], re.MULTILINE)


def says(template: str) -> re.Pattern[str]:
    """What a sentence says, whatever fills its placeholders."""
    parts = [(re.escape(text), field) for text, field, _, _ in string.Formatter().parse(template)]
    return re.compile("".join(text + (".+" if field is not None else "") for text, field in parts))


@pytest.mark.parametrize("sentence", SAID)
def test_what_the_bot_is_quoted_with_it_says(sentence: str) -> None:
    assert [each for each in TEMPLATES if says(each).fullmatch(sentence)]


def test_the_quotes_are_those_of_the_table() -> None:
    assert len(SAID) == 20
