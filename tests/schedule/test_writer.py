"""Writing lectures.yaml: whole or not at all, over the right version only, whoever else writes and whatever happens."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.domain.edits import FieldEdit
from bot.domain.language import LANGUAGES
from bot.i18n import phrases
from bot.schedule.editing import edited, entry_of
from bot.schedule.reader import digest_of
from bot.schedule.writer import NotWritableError, StaleFileError, write
from tests.processes import ROOT, environment
from tests.schedule.files import HEAD

OLD = b"old\n" * 50_000
NEW = b"new\n" * 60_000

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def python(program: str, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """A process of its own that runs this program."""
    command = [*before, sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False)


def isolated(*commands: str) -> tuple[str, ...]:
    """What puts shell commands before a process that may mount what it likes, unseen by others."""
    return ("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec", "; ".join((*commands, 'exec "$@"')), "sh")


def can_mount() -> bool:
    """Whether this machine lets tests do that."""
    try:
        return (
            subprocess.run(isolated("mount -t tmpfs none /mnt")[:-1], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


mounting = pytest.mark.skipif(not can_mount(), reason="needs to mount")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the old content."""
    path = tmp_path / "lectures.yaml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    """What is in the folder."""
    return sorted(each.name for each in folder.iterdir())


def test_the_content_is_replaced_and_nothing_is_left_beside_it(path: Path) -> None:
    write(path, NEW, digest_of(OLD))
    assert path.read_bytes() == NEW
    assert names(path.parent) == ["lectures.yaml"]


def test_another_version_is_not_written_over(path: Path) -> None:
    with pytest.raises(StaleFileError) as refused:
        write(path, NEW, digest_of(b"older"))
    assert path.read_bytes() == OLD
    assert names(path.parent) == ["lectures.yaml"]
    assert [phrases(language)(refused.value.name) for language in LANGUAGES]


def test_a_file_that_is_gone_is_not_made_anew(path: Path) -> None:
    path.unlink()
    with pytest.raises(StaleFileError):
        write(path, NEW, digest_of(OLD))
    with pytest.raises(StaleFileError):
        write(path.parent / "nowhere" / "lectures.yaml", NEW, digest_of(OLD))
    assert names(path.parent) == []


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(path: Path, mode: int) -> None:
    path.chmod(mode)
    write(path, NEW, digest_of(OLD))
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to be root")
def test_the_owner_stays_where_that_is_allowed(path: Path) -> None:
    os.chown(path, 12345, 23456)
    path.chmod(0o640)
    write(path, NEW, digest_of(OLD))
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o640)


def test_the_time_of_the_change_is_now(path: Path) -> None:
    os.utime(path, (1, 1))
    write(path, NEW, digest_of(OLD))
    assert abs(path.stat().st_mtime - time.time()) < 60


@posix
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.yaml"
    link.symlink_to("../lectures.yaml")
    write(link, NEW, digest_of(OLD))
    assert link.is_symlink()
    assert path.read_bytes() == NEW
    assert names(link.parent) == ["link.yaml"]


@posix
def test_what_a_killed_writer_left_is_cleared_away(path: Path) -> None:
    (path.parent / ".lectures.yaml.abc123.new").write_bytes(b"half")
    (path.parent / ".other.yaml.abc123.new").write_bytes(b"not ours")
    write(path, NEW, digest_of(OLD))
    assert names(path.parent) == [".other.yaml.abc123.new", "lectures.yaml"]


# ---- what can't be written

REPORT = """
import sys
from pathlib import Path
from bot.schedule.reader import digest_of
from bot.schedule.writer import NotWritableError, StaleFileError, write
path = Path(sys.argv[1])
try:
    write(path, b"new", digest_of(path.read_bytes()))
except (NotWritableError, StaleFileError) as refused:
    print(refused.name)
else:
    print("written")
print(*sorted(each.name for each in path.parent.iterdir()))
"""


@mounting
def test_a_file_that_is_mounted_by_itself_is_told_from_its_folder(path: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mounted")
    done = python(REPORT, str(path), before=isolated(f"mount --bind {outside} {path}"))
    assert done.stdout.split("\n") == ["writing.mounted", "lectures.yaml outside", ""], done.stderr
    assert (outside.read_bytes(), path.read_bytes()) == (b"mounted", OLD)


@mounting
def test_a_folder_that_is_mounted_read_only_is_said_to_be(path: Path) -> None:
    done = python(REPORT, str(path), before=isolated(f"mount --bind -o ro {path.parent} {path.parent}"))
    assert done.stdout.split("\n") == ["writing.read_only", "lectures.yaml", ""], done.stderr


@mounting
def test_a_folder_that_is_mounted_can_be_written_to(path: Path) -> None:
    done = python(REPORT, str(path), before=isolated(f"mount --bind {path.parent} {path.parent}"))
    assert done.stdout.split("\n") == ["written", "lectures.yaml", ""], done.stderr


@mounting
def test_a_full_disk_leaves_the_old_content(tmp_path: Path) -> None:
    program = REPORT.replace('b"new"', 'b"new" * 100_000')
    commands = (f"mount -t tmpfs -o size=64k none {tmp_path}", f"echo old > {tmp_path}/lectures.yaml")
    done = python(program, str(tmp_path / "lectures.yaml"), before=isolated(*commands))
    assert done.stdout.split("\n") == ["writing.full", "lectures.yaml", ""], done.stderr


@posix
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_missing_right_is_told(path: Path) -> None:
    path.chmod(0o444)
    with pytest.raises(NotWritableError) as refused:
        write(path, NEW, digest_of(OLD))
    assert refused.value.name == "writing.forbidden"
    path.chmod(0o644)
    path.parent.chmod(0o555)
    try:
        with pytest.raises(NotWritableError) as refused:
            write(path, NEW, digest_of(OLD))
    finally:
        path.parent.chmod(0o755)
    assert refused.value.name == "writing.forbidden"
    assert path.read_bytes() == OLD


def test_what_is_no_file_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(NotWritableError) as refused:
        write(tmp_path, NEW, digest_of(OLD))
    assert refused.value.name in ("writing.failed", "writing.forbidden")
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["mounted", "read_only", "forbidden", "full", "locked", "failed"])
def test_every_reason_is_told_in_both_languages(name: str) -> None:
    refused = NotWritableError(Path("/srv/lectures.yaml"), f"writing.{name}", reason="?")
    assert all("/srv/lectures.yaml" in phrases(language)(refused.name, **refused.values) for language in LANGUAGES)


# ---- others who write

EDITOR = """
import sys
from pathlib import Path
from bot.domain.edits import FieldEdit
from bot.schedule.editing import edited, entry_of
from bot.schedule.reader import digest_of
from bot.schedule.writer import StaleFileError, write
path, lecture = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
stale = 0
for count in range(25):
    while True:
        content = path.read_bytes()
        text = content.decode()
        try:
            write(path, edited(text, [FieldEdit(lecture, ("notes",), str(count))]).encode(), digest_of(content))
            break
        except StaleFileError:
            stale += 1
print(stale)
"""


def test_of_two_who_edit_at_once_neither_loses_anything(path: Path) -> None:
    path.write_text(f"{HEAD}  - number: 1\n  - number: 2\n", encoding="utf-8")
    editors = [
        subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(path), number],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in ("1", "2")
    ]
    for editor in editors:
        assert editor.stdout
        assert editor.stdout.readline() == "ready\n"
    for editor in editors:
        assert editor.stdin
        editor.stdin.write("\n")
        editor.stdin.flush()
    said = [editor.communicate(timeout=60)[0] for editor in editors]
    assert [editor.returncode for editor in editors] == [0, 0]
    assert path.read_text(encoding="utf-8") == (
        f'{HEAD}  - number: 1\n    notes: "24"\n  - number: 2\n    notes: "24"\n'
    )
    assert all(each.strip().isdigit() for each in said)
    assert names(path.parent) == ["lectures.yaml"]


def test_an_edit_that_was_made_from_an_older_version_is_made_again(path: Path) -> None:
    path.write_text(f"{HEAD}  - number: 1\n", encoding="utf-8")
    mine = path.read_bytes()
    by_hand = mine + b"    title: by hand\n"
    path.write_bytes(by_hand)
    edit = FieldEdit("1", ("notes",), "by the bot")
    with pytest.raises(StaleFileError):
        write(path, edited(mine.decode(), [edit]).encode(), digest_of(mine))
    write(path, edited(by_hand.decode(), [edit]).encode(), digest_of(by_hand))
    assert entry_of(path.read_text(encoding="utf-8"), "1") == {"number": "1", "title": "by hand", "notes": "by the bot"}


@posix
def test_writers_wait_for_each_other(path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], 0), 2); print(); input()",
            str(path.parent),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    holder.stdout.readline()
    writer = subprocess.Popen([sys.executable, "-c", REPORT, str(path)], cwd=ROOT, env=environment())
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(0.7)
    assert path.read_bytes() == OLD
    holder.communicate(b"\n")
    assert writer.wait(30) == 0
    assert path.read_bytes() == b"new"


# ---- the end of the process

KILLED = """
import os, signal, sys
from pathlib import Path
from bot.schedule import writer as writing
from bot.schedule.reader import digest_of
path, old, new = Path(sys.argv[1]), b"old" * 50_000, b"new" * 60_000

def killer(line):
    left = [line]
    def trace(frame, event, argument):
        if frame.f_code.co_filename != writing.__file__:
            return None
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    return trace

line, seen = 0, []
while True:
    line += 1
    path.write_bytes(old)
    child = os.fork()
    if not child:
        sys.settrace(killer(line))
        writing.write(path, new, digest_of(old))
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    content = path.read_bytes()
    seen.append("old" if content == old else "new" if content == new else "broken")
    if not os.WIFSIGNALED(status):
        break
print(os.WEXITSTATUS(status), len(seen) > 30, *sorted(set(seen)), seen == sorted(seen, reverse=True))
path.write_bytes(old)
writing.write(path, new, digest_of(old))
print(*sorted(each.name for each in path.parent.iterdir()))
"""


@posix
def test_a_writer_that_is_killed_at_any_step_leaves_the_old_or_the_new_file(path: Path) -> None:
    done = python(KILLED, str(path))
    assert done.stdout.split("\n") == ["0 True new old True", "lectures.yaml", ""], done.stderr


ENDLESS = """
import sys
from pathlib import Path
from bot.schedule.reader import digest_of
from bot.schedule.writer import write
path, versions = Path(sys.argv[1]), (b"old\\n" * 50_000, b"new\\n" * 60_000)
print("ready", flush=True)
while True:
    write(path, versions[1], digest_of(versions[0]))
    write(path, versions[0], digest_of(versions[1]))
"""


@posix
@pytest.mark.parametrize("after", [0.002, 0.009, 0.023])
def test_a_writer_that_is_killed_at_any_time_leaves_the_old_or_the_new_file(path: Path, after: float) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(path)], cwd=ROOT, env=environment(), stdout=subprocess.PIPE
    )
    assert writer.stdout
    assert writer.stdout.readline() == b"ready\n"
    end = time.monotonic() + after
    while time.monotonic() < end:
        assert path.read_bytes() in (OLD, NEW)
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    content = path.read_bytes()
    assert content in (OLD, NEW)
    write(path, OLD, digest_of(content))
    assert names(path.parent) == ["lectures.yaml"]
