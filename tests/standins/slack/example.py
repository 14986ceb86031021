"""A small real Bolt app with a listener for each surface, to try the stand-in with, and blocks to send."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from .server import SlackStandIn

Json = dict[str, Any]


def section(text: str, **fields: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **fields}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(value: str, **fields: Any) -> Json:
    return {"type": "button", "text": plain("Press"), "value": value, **fields}


def actions(*elements: Json, **fields: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **fields}


def option(value: str) -> Json:
    return {"text": plain(value.upper()), "value": value}


MODAL: Json = {
    "type": "modal",
    "callback_id": "edit",
    "title": plain("Edit"),
    "submit": plain("Save"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": plain("Title"),
            "element": {"type": "plain_text_input", "action_id": "title", "max_length": 10},
        },
        {
            "type": "input",
            "block_id": "mode",
            "optional": True,
            "label": plain("Mode"),
            "element": {"type": "static_select", "action_id": "mode", "options": [option("online"), option("hybrid")]},
        },
    ],
}


def bolt_app(slack: SlackStandIn) -> AsyncApp:
    """A bot with one listener for each surface."""
    app = AsyncApp(
        token=slack.bot_token,
        signing_secret=slack.signing_secret,
        client=AsyncWebClient(slack.bot_token, base_url=slack.api_url),
    )

    @app.command("/next")
    async def next_lecture(ack: Any, command: Json) -> None:
        blocks = [section(f"next of {command['text']}"), actions(button("7", action_id="more"))]
        await ack(text="next", blocks=blocks)

    @app.command("/quiet")
    async def quiet(ack: Any) -> None:
        await ack()

    @app.command("/slow")
    async def slow(ack: Any) -> None:
        await asyncio.sleep(1)
        await ack()

    @app.command("/later")
    async def later(ack: Any, respond: Any, command: Json) -> None:
        await ack()
        for number in range(int(command["text"])):
            await respond(f"answer {number + 1}", response_type="in_channel")

    @app.options("pick")
    async def offer(ack: Any, payload: Json) -> None:
        await ack(options=[option(payload["value"] + "1"), option(payload["value"] + "2")])

    @app.action("more")
    async def more(ack: Any, respond: Any, action: Json) -> None:
        await ack()
        await respond(f"more of {action['value']}", replace_original=True)

    @app.action(re.compile("menu|spill|pick"))
    async def menu(ack: Any, respond: Any, action: Json) -> None:
        await ack()
        await respond(f"chose {action['selected_option']['value']}")

    @app.action("edit")
    async def edit(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("edit")
    async def submitted(ack: Any, view: Json, client: AsyncWebClient, body: Json) -> None:
        values = view["state"]["values"]
        title, mode = values["title"]["title"]["value"], values["mode"]["mode"]["selected_option"]
        if title == "bad":
            await ack(response_action="errors", errors={"title": "not that"})
            return
        if title in ("update", "push", "clear"):
            await ack(response_action=title, view={**MODAL, "title": plain(title)})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"saved {title} {mode and mode['value']}")

    @app.view_closed("edit")
    async def closed(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="closed")

    @app.event("app_mention")
    async def mentioned(event: Json, say: Any) -> None:
        await say(text="you called", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    async def told(event: Json, say: Any) -> None:
        await say(text=f"heard {event['text']}")

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        blocks = [section("home"), actions(button("1", action_id="edit"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    return app
