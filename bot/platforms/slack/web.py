"""What the bot asks of Slack's Web API and sends to `response_url`s, apart from posts."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.content import File
from bot.platforms import CredentialsRefused
from bot.platforms.slack.calls import TOKEN_REFUSED, Calls, Refused, Unreachable
from bot.platforms.slack.recent import Recent

__all__ = ["Identity", "Refused", "Unreachable", "Web"]

_LONGEST_WAIT = 30.0
_REMEMBERED = 300.0
"""Seconds for which it is believed who administrates the workspace and who is in a group."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace."""

    team: str
    user: str
    bot: str


class Web(Calls):
    """The calls of Slack's Web API for one bot token, by what they are for."""

    def __init__(self, token: str, api_url: str | None, on_refusal: Callable[[CredentialsRefused], None]) -> None:
        super().__init__(token, api_url, on_refusal)
        self._administrators: Final[Recent[bool]] = Recent(_REMEMBERED)
        self._members: Final[Recent[frozenset[str]]] = Recent(_REMEMBERED)
        self._names: Final[Recent[str]] = Recent(_REMEMBERED)

    async def identity(self) -> Identity:
        """Who the token makes us; the first question to be asked."""
        found = await self.call("auth.test", lambda client: client.auth_test())
        return Identity(str(found.get("team_id")), str(found.get("user_id")), str(found.get("bot_id")))

    async def socket_address(self, app_token: str) -> str:
        """A fresh address for a Socket Mode connection; it serves once."""
        what = "apps.connections.open"
        try:
            return str(
                (await self._sent(what, lambda client: client.apps_connections_open(app_token=app_token)))["url"]
            )
        except Refused as refused:
            if refused.code in TOKEN_REFUSED | {"missing_scope"}:
                raise CredentialsRefused(
                    f"Slack refuses the app token ({refused.code}); check SLACK_APP_TOKEN."
                ) from None
            raise

    async def locale(self, person: str) -> str | None:
        """The locale of a person's Slack."""
        found = await self.call("users.info", lambda client: client.users_info(user=person, include_locale=True))
        locale = found["user"].get("locale")
        return str(locale) if locale else None

    async def workspace_admin(self, person: str) -> bool:
        """Whether somebody administrates the workspace, as of a few minutes ago at most."""

        async def asked() -> bool:
            found = await self.call("users.info", lambda client: client.users_info(user=person))
            return bool(found["user"].get("is_admin") or found["user"].get("is_owner"))

        return await self._administrators.known(person, asked)

    async def name(self, person: str) -> str:
        """What somebody is called, as far as that can be asked."""

        async def asked() -> str:
            found = await self.call("users.info", lambda client: client.users_info(user=person))
            return str(found["user"].get("real_name") or found["user"].get("name") or "")

        return await self._names.known(person, asked)

    async def group_members(self, group: str) -> frozenset[str]:
        """The people in a user group, as of a few minutes ago at most."""

        async def asked() -> frozenset[str]:
            found = await self.call(
                "usergroups.users.list", lambda client: client.usergroups_users_list(usergroup=group)
            )
            return frozenset(map(str, found.get("users") or ()))

        return await self._members.known(group, asked)

    async def post(self, channel: str, message: dict[str, Any], thread_ts: str) -> None:
        """Posts into a thread. Only what can't have arrived is sent again: nobody wants it twice."""
        arguments = {name: value for name, value in message.items() if name != "response_type"}
        await _again_if_not_applied(
            lambda: self.call(
                "chat.postMessage",
                lambda client: client.chat_postMessage(channel=channel, thread_ts=thread_ts, **arguments),
            )
        )

    async def publish_home(self, person: str, view: dict[str, Any]) -> None:
        """Shows a view as the person's App Home."""

        async def once() -> None:
            await self.call("views.publish", lambda client: client.views_publish(user_id=person, view=view))

        await _again_if_not_applied(once, harmless=True)

    async def open_modal(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Opens a modal for whoever caused the trigger."""
        await self.call("views.open", lambda client: client.views_open(trigger_id=trigger_id, view=view))

    async def update_modal(self, view_id: str, view: dict[str, Any]) -> None:
        """Shows another view in an open modal."""
        await self.call("views.update", lambda client: client.views_update(view_id=view_id, view=view))

    async def hand_over(self, person: str, file: File) -> None:
        """Puts a file into the direct messages with a person, whose id alone an upload doesn't take (bolt-js#2115)."""
        size = len(file.content)
        opened = await self.call("conversations.open", lambda client: client.conversations_open(users=person))
        place = await self.call(
            "files.getUploadURLExternal",
            lambda client: client.files_getUploadURLExternal(filename=file.name, length=size),
        )
        await self._put("upload", place["upload_url"], data=file.content, content_type=file.media_type)
        await self.call(
            "files.completeUploadExternal",
            lambda client: client.files_completeUploadExternal(
                files=[{"id": place["file_id"], "title": file.name}], channel_id=opened["channel"]["id"]
            ),
        )

    async def respond(self, response_url: str, body: str, *, private: bool) -> None:
        """Answers over a `response_url`. What only one person sees is tried again, as twice is better than never."""

        async def once() -> None:
            await self._put("response_url", response_url, data=body.encode(), content_type="application/json")

        try:
            await _again_if_not_applied(once)
        except Unreachable:
            if not private:
                raise
            await asyncio.sleep(0.5)
            await once()


async def _again_if_not_applied(send: Callable[[], Awaitable[Any]], *, harmless: bool = False) -> None:
    """Sends it until it arrives, a few times; what is `harmless` if done twice also when it may have arrived."""
    for wait in (0.5, 2.0):
        try:
            await send()
        except Refused as refused:
            if refused.wait is None or refused.wait > _LONGEST_WAIT:
                raise
            await asyncio.sleep(refused.wait)
        except Unreachable as unreachable:
            if unreachable.applied is not False and not harmless:
                raise
            await asyncio.sleep(wait)
        else:
            return
    await send()
