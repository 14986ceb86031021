"""Dialogues are played twice: with the organizer on Discord, and with the organizer on Slack."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.dialogues.seminar import PLATFORMS, Seminar, hurry, seminar


@pytest.fixture(params=PLATFORMS)
async def spring(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Seminar]:
    """The lectures of spring, two and a half weeks before the first."""
    hurry(monkeypatch)
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # which discord.py keeps for the whole process
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with seminar(tmp_path / "lectures.yaml", request.param) as there:
        yield there
