"""The smallest Bolt app that answers `/next` in its acknowledgement, with Bolt's defaults: the yardstick for Slack."""

import asyncio
import os
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main() -> None:
    """Serves until it is ended."""
    app = AsyncApp(client=AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))

    @app.command("/next")
    async def answer(ack: Any) -> None:
        section = {"type": "section", "text": {"type": "plain_text", "text": "Body. " * 80}}
        await ack(text="Lecture 9 is next.", blocks=[section], response_type="ephemeral")

    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()  # type: ignore[no-untyped-call]


asyncio.run(main())
