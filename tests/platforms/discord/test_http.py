"""What is learned from discord.py's requests while they are made."""

import aiohttp
import pytest

from bot.platforms.discord.http import Attempt, RepeatedRequestError, RequestTrace
from tests.standins.discord import DiscordStandIn, Status


async def test_a_request_is_not_made_again(discord: DiscordStandIn) -> None:
    trace, attempt = RequestTrace(), Attempt()
    async with aiohttp.ClientSession(trace_configs=[trace.config]) as session:
        async with session.get(f"{discord.api_url}/gateway", trace_request_ctx=attempt) as response:
            assert response.status == attempt.response.result().status
        with pytest.raises(RepeatedRequestError):
            await session.get(f"{discord.api_url}/gateway", trace_request_ctx=attempt)
    assert len(discord.calls_of("GET", "/gateway")) == 1


async def test_requests_of_discord_py_itself_may_be_repeated(discord: DiscordStandIn) -> None:
    discord.faults.add("GET", "/gateway", Status(500))
    async with aiohttp.ClientSession(trace_configs=[RequestTrace().config]) as session:
        async with session.get(f"{discord.api_url}/gateway") as response:
            assert response.status == 500
        async with session.get(f"{discord.api_url}/gateway") as response:
            assert response.status != 500
