"""The sign of life, as a health check reads it."""

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.web.health import Heartbeat, PlatformState, heartbeat, read_heartbeat, remove_heartbeat, write_heartbeat

NOW = datetime(2024, 4, 6, 3, tzinfo=UTC)
CONNECTED = PlatformState(connected=True)
LOST = PlatformState(connected=False, detail="reconnecting")


def sign(**changes: Any) -> Heartbeat:
    """A sign of this process, with these changes."""
    return heartbeat(NOW, 12, {"discord": CONNECTED}, ())._replace(**changes)


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = sign(platforms={"discord": CONNECTED, "slack": LOST}, problems=("lectures.yaml:3: 題名: 誤り",))
    write_heartbeat(written, tmp_path / "new" / "folder")
    assert read_heartbeat(tmp_path / "new" / "folder") == written
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["health.json"]


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"pid": 1}', b"\xff"])
def test_what_is_no_sign_counts_as_none(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "health.json").write_bytes(content)
    assert read_heartbeat(tmp_path) is None


def test_it_grows_old_after_half_a_minute() -> None:
    assert sign().is_fresh(NOW + timedelta(seconds=29))
    assert not sign().is_fresh(NOW + timedelta(seconds=31))
    assert sign().is_fresh(NOW - timedelta(hours=1))


def test_a_process_that_is_gone_is_noticed_on_its_own_machine_only() -> None:
    gone = 2**22 + 1  # beyond the largest process id
    assert sign().process_lives
    assert not sign(pid=gone).process_lives
    assert sign(pid=gone, host="elsewhere").process_lives


def test_platforms_that_are_not_connected_are_named_with_the_reason() -> None:
    platforms = {"slack": LOST, "discord": CONNECTED, "other": PlatformState(connected=False)}
    assert sign(platforms=platforms).disconnected == ["other (?)", "slack (reconnecting)"]


def test_a_process_removes_its_own_sign_only(tmp_path: Path) -> None:
    write_heartbeat(sign(pid=os.getpid() + 1), tmp_path)
    remove_heartbeat(tmp_path)
    assert read_heartbeat(tmp_path)
    write_heartbeat(sign(host=f"not-{socket.gethostname()}"), tmp_path)
    remove_heartbeat(tmp_path)
    assert read_heartbeat(tmp_path)
    write_heartbeat(sign(), tmp_path)
    remove_heartbeat(tmp_path)
    assert read_heartbeat(tmp_path) is None
    remove_heartbeat(tmp_path)
