"""What can be made to go wrong in the stand-in for Slack, and how the real slack_sdk takes it."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.standins.refusals import refusal
from tests.standins.slack import Delay, Drop, Error, LoseAnswer, Message, SlackStandIn, Status

Json = dict[str, Any]


class TestFaults:
    async def post(self, slack: SlackStandIn, client: AsyncWebClient) -> list[Message]:
        await client.chat_postMessage(channel=slack.channel.id, text="x")
        return slack.channel.messages

    async def test_http_errors(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        fault = slack.faults.add("chat.postMessage", Status(503), times=2)
        for _ in range(2):
            with pytest.raises(SlackApiError) as caught:
                await self.post(slack, client)
            assert caught.value.response.status_code == 503
        assert (len(await self.post(slack, client)), fault.used) == (1, 2)
        slack.faults.add("*", Status(429, retry_after=7))
        with pytest.raises(SlackApiError) as limited:
            await self.post(slack, client)
        assert limited.value.response.headers["Retry-After"] == "7"
        slack.faults.add("chat.postMessage", Error("fatal_error"))
        assert (await refusal(self.post(slack, client)))["error"] == "fatal_error"

    async def test_a_dropped_request_is_not_applied_and_a_lost_answer_is(
        self, slack: SlackStandIn, client: AsyncWebClient
    ) -> None:
        slack.faults.add("chat.postMessage", Drop())
        with pytest.raises(aiohttp.ClientConnectionError):
            await self.post(slack, client)
        assert slack.channel.messages == []
        slack.faults.add("chat.postMessage", LoseAnswer())
        with pytest.raises(aiohttp.ClientConnectionError):
            await self.post(slack, client)
        assert len(slack.channel.messages) == 1

    async def test_the_client_of_its_own_accord_posts_twice_when_an_answer_is_lost(self, slack: SlackStandIn) -> None:
        slack.faults.add("chat.postMessage", LoseAnswer())
        assert len(await self.post(slack, AsyncWebClient(slack.bot_token, base_url=slack.api_url))) == 2

    async def test_a_request_that_was_given_up_may_be_applied_late(
        self, slack: SlackStandIn, client: AsyncWebClient
    ) -> None:
        slack.faults.add("chat.postMessage", Delay(0.2))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(self.post(slack, client), 0.05)
        assert slack.channel.messages == []
        await slack.until(lambda: slack.channel.messages)

    async def test_faults_can_be_aimed(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        other = slack.channels.add("other")
        slack.faults.add("chat.postMessage", Status(500), only_if=lambda args: args["channel"] == other.id)
        assert len(await self.post(slack, client)) == 1
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel=other.id, text="x")

    async def test_posts_are_limited_by_channel(self, slack: SlackStandIn, client: AsyncWebClient) -> None:
        slack.rate_limits.enabled = True
        for _ in range(3):
            await self.post(slack, client)
        with pytest.raises(SlackApiError) as caught:
            await self.post(slack, client)
        assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
        await client.chat_postMessage(channel=slack.channels.add("other").id, text="x")
        slack.clock.advance(1)
        assert len(await self.post(slack, client)) == 4
