"""The `response_url`s of commands and interactions: five uses within thirty minutes."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from .chat import compose, remove, rewrite, store
from .delivery import Answer
from .refusals import Args, RefusedError
from .state import Channel, Message
from .web_api import Api, read_args

USES, LIFE = 5, 30 * 60
_TAKES = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "metadata",
    "unfurl_links",
    "unfurl_media",
    "link_names",
    "parse",
    "mrkdwn",
}


@dataclass(eq=False)
class Issued:
    answer: Answer
    channel: Channel
    user: str
    original: Message | None  # the message acted on, or for a command the last answer to it
    at: float
    uses: int = 0


class ResponseUrls:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._issued: dict[str, Issued] = {}

    def issue(self, answer: Answer, channel: Channel, user: str, original: Message | None) -> str:
        key = self._api.ws.ids.fresh("R")
        self._issued[key] = Issued(answer, channel, user, original, self._api.ws.clock.now())
        return f"{self._api.base_url}/response/{key}"

    def same(self, payload_url: str) -> Issued | None:
        return self._issued.get(payload_url.rpartition("/")[2])

    async def handle(self, request: web.Request) -> web.StreamResponse:
        try:
            args = await read_args(request)
        except RefusedError as no:
            return web.json_response(no.body(), status=400)

        async def apply() -> web.StreamResponse:
            return self._apply(request.match_info["key"], args)

        action = self._api.faults.take("response_url", args)
        return await (action.around(request, apply) if action else apply())

    def _apply(self, key: str, args: Args) -> web.Response:
        ws, issued = self._api.ws, self._issued.get(key)
        if issued is None:
            return web.json_response({"ok": False, "error": "no_such_url"}, status=404)
        if ws.clock.now() - issued.at > LIFE:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if issued.uses >= USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        for unknown in sorted(set(args) - _TAKES):
            ws.note(f"response_url has no argument {unknown}")
        try:
            self.say(issued, args, via="response_url")
        except RefusedError as no:
            return web.json_response(no.body(), status=400)
        issued.uses += 1
        ws.pulse.beat()
        return web.json_response({"ok": True})

    def say(self, issued: Issued, args: Args, *, via: str) -> Message | None:
        """Posts, replaces or deletes, whether asked over the url or in the body of an acknowledgement."""
        ws, original = self._api.ws, issued.original
        if args.flag("delete_original"):
            if original is not None and not original.deleted:
                remove(ws, original)
            return None
        content = compose(ws, args)
        if args.flag("replace_original") and original is not None and not original.deleted:
            rewrite(original, content, metadata=content.metadata)
            message = original
        else:
            shown_to = None if args.get("response_type") == "in_channel" else issued.user
            message = store(ws, issued.channel, content, args, via=via, ephemeral_to=shown_to)
            if issued.answer.kind == "slash_commands":
                issued.original = message
        if via == "ack":
            issued.answer.from_ack = message
        else:
            issued.answer.responses.append(message)
        return message
