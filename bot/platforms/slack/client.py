"""Requests to Slack over one connection pool: each is sent once, within a limit, and what is known of it is told."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.message import File
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.cache import TtlCache

DEFAULT_URL = "https://slack.com/api/"

LIBRARY_LOGGER: Final = logging.getLogger("bot.platforms.slack.library")
"""Where slack_sdk and Bolt write. We log what matters ourselves, on one line and without payloads."""
LIBRARY_LOGGER.setLevel(logging.CRITICAL)

T = TypeVar("T")

Call = Callable[[AsyncWebClient], Awaitable[AsyncSlackResponse]]

_CALL_LIMIT = aiohttp.ClientTimeout(total=10, connect=5)
"""Without a connection after half of the time, nothing was sent: better to know that than to wait on."""
TOKEN_REFUSED: Final = frozenset(
    ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type")
)
_UNCERTAIN = frozenset(("internal_error", "fatal_error", "request_timeout", "service_unavailable", "update_failed"))
"""Errors after which Slack says that something may have been done."""
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_HALF = 0.5
"""A `Date` header names the second in which an answer was made: on average the answer is half a second older."""


class SlackRefusedError(Exception):
    """Slack answered, and the answer was no: nothing was done."""

    def __init__(self, what: str, code: str, wait: float | None = None, needed: str = "") -> None:
        super().__init__(f"{what}: {code} {needed}".rstrip())
        self.code = code
        self.needed = needed
        """The scope that the token lacks, if that is why."""
        self.wait = wait
        """Seconds after which to ask again, if Slack was asked too often."""


class SlackUnreachableError(Exception):
    """No answer came. `applied` is False if the request can't have arrived, None if that is unknown."""

    def __init__(self, what: str, error: Exception | str, applied: bool | None = None) -> None:
        self.reason = type(error).__name__ if isinstance(error, Exception) else error
        super().__init__(f"{what}: {self.reason}")
        self.applied = applied


class Calls:
    """Calls with one bot token. `on_refusal` hears of it when Slack no longer takes that token."""

    def __init__(self, token: str, api_url: str | None, on_refusal: Callable[[CredentialsRefusedError], None]) -> None:
        self._token: Final = token
        self._api_url: Final = api_url or DEFAULT_URL
        self._on_refusal: Final = on_refusal
        self._session: aiohttp.ClientSession | None = None
        self._closed = False
        self._client: AsyncWebClient | None = None
        self.skew: float | None = None
        """By how many seconds Slack's clock is ahead of this machine's, to about a second; None if not known yet."""

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connection pool; made when first needed, because it belongs to the running loop."""
        if self._closed:
            raise SlackUnreachableError("slack", "closed", applied=False)
        if self._session is None:
            # No cookies: Slack's would be shared among all calls.
            self._session = aiohttp.ClientSession(
                timeout=_CALL_LIMIT, trust_env=True, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    def open(self) -> None:
        """Lets calls through again after `close`."""
        self._closed = False

    async def close(self) -> None:
        """Closes the pool; calls made now fail."""
        self._closed = True
        session, self._session, self._client = self._session, None, None
        if session:
            await session.close()

    async def call(self, what: str, call: Call) -> AsyncSlackResponse:
        """The answer to a call with the bot token. Raises SlackRefusedError, SlackUnreachableError or
        CredentialsRefusedError."""
        try:
            return await self._sent(what, call)
        except SlackRefusedError as refused:
            if refused.code not in TOKEN_REFUSED:
                raise
            raise self._token_refused(refused) from None

    async def ask(self, what: str, call: Call, until: float) -> AsyncSlackResponse:
        """The same before a moment on the event loop's clock; raises SlackRefusedError, for the token too, or
        SlackUnreachableError."""
        try:
            async with asyncio.timeout_at(until):
                return await self._sent(what, call)
        except TimeoutError as error:
            raise SlackUnreachableError(what, error) from None
        except SlackRefusedError as refused:
            if refused.code in TOKEN_REFUSED:
                self._token_refused(refused)
            raise

    async def _sent(self, what: str, call: Call) -> AsyncSlackResponse:
        if self._client is None:
            self._client = AsyncWebClient(
                self._token, self._api_url, session=self.session, retry_handlers=[], logger=LIBRARY_LOGGER
            )
            self._client.proxy = None  # the session goes by the environment, which may exclude addresses
        try:
            answer = await call(self._client)
        except SlackApiError as error:
            raise self._told(what, error) from None
        except SlackRequestError as error:  # an upload that was answered, but not taken
            raise SlackUnreachableError(what, error) from None
        except (TimeoutError, AttributeError, ValueError, aiohttp.ClientError, OSError) as error:
            # The SDK takes every body for a mapping in UTF-8, a proxy's page of plain text too.
            raise SlackUnreachableError(what, error, _arrived(error)) from None
        self._note_clock(answer.headers)
        if not isinstance(answer.data, dict):
            raise SlackUnreachableError(what, "no JSON")
        return answer

    def _token_refused(self, refused: SlackRefusedError) -> CredentialsRefusedError:
        error = CredentialsRefusedError(f"Slack refuses the bot token ({refused.code}); check SLACK_BOT_TOKEN.")
        self._on_refusal(error)
        return error

    def _told(self, what: str, error: SlackApiError) -> SlackRefusedError | SlackUnreachableError:
        """What Slack's answer to a call that failed means."""
        answer = error.response
        self._note_clock(answer.headers)
        data = answer.data if isinstance(answer, AsyncSlackResponse) else None
        status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0))
        code = str(data["error"]) if isinstance(data, dict) and "error" in data else f"HTTP {status}"
        if code in _UNCERTAIN or status >= 500 or (code == f"HTTP {status}" and status != 429):
            return SlackUnreachableError(what, code)
        needed = str(data.get("needed") or "") if isinstance(data, dict) and code == "missing_scope" else ""
        return SlackRefusedError(what, code, _wait(status, answer.headers), needed)

    def _note_clock(self, headers: Mapping[str, str]) -> None:
        try:
            date = parsedate_to_datetime(headers["Date"])
        except (KeyError, ValueError):
            return
        if date.tzinfo is not None:
            self.skew = date.timestamp() + _HALF - time.time()


def _arrived(error: Exception) -> bool | None:
    return False if isinstance(error, _NEVER_SENT) else None


def _wait(status: int, headers: Mapping[str, str]) -> float | None:
    if status != 429:
        return None
    after = str(headers.get("Retry-After", ""))
    return float(after) if after.isdecimal() else 1.0


_LONGEST_WAIT = 30.0
_MOST_PAGES: Final = 20
_REMEMBERED = 300.0
"""Seconds for which it is believed who administrates the workspace and who is in a group."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, and what its token may do, as far as Slack told."""

    team: str
    user: str
    bot: str
    scopes: frozenset[str] | None = None
    team_name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as Slack describes them; `teams` are the workspaces that the account belongs to."""

    name: str
    teams: frozenset[str]
    administrates: bool
    guest: bool
    deleted: bool


def _described(user: Mapping[str, Any]) -> Person:
    grid = user.get("enterprise_user") or {}
    return Person(
        str(user.get("real_name") or user.get("name") or ""),
        frozenset(map(str, (user.get("team_id"), *(grid.get("teams") or ())))),
        bool(user.get("is_admin") or user.get("is_owner")),
        bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        bool(user.get("deleted")),
    )


class Web(Calls):
    """The calls of Slack's Web API for one bot token, by what they are for."""

    def __init__(self, token: str, api_url: str | None, on_refusal: Callable[[CredentialsRefusedError], None]) -> None:
        super().__init__(token, api_url, on_refusal)
        self._people: Final[TtlCache[Person]] = TtlCache(_REMEMBERED)
        self._members: Final[TtlCache[frozenset[str]]] = TtlCache(_REMEMBERED)

    async def identity(self) -> Identity:
        """Who the token makes us; the first question to be asked."""
        found = await self.call("auth.test", lambda client: client.auth_test())
        told = found.headers.get("X-OAuth-Scopes")
        scopes = None if told is None else frozenset(scope.strip() for scope in told.split(",") if scope.strip())
        team, user, bot, name = (str(found.get(each) or "") for each in ("team_id", "user_id", "bot_id", "team"))
        return Identity(team, user, bot, scopes, name)

    async def socket_address(self, app_token: str) -> str:
        """A fresh address for a Socket Mode connection; it serves once."""
        what = "apps.connections.open"
        try:
            return str(
                (await self._sent(what, lambda client: client.apps_connections_open(app_token=app_token)))["url"]
            )
        except SlackRefusedError as refused:
            if refused.code in TOKEN_REFUSED | {"missing_scope"}:
                raise CredentialsRefusedError(
                    f"Slack refuses the app token ({refused.code}); check SLACK_APP_TOKEN."
                ) from None
            raise

    async def channel_names(self) -> dict[str, str]:
        """What the channels are called that the bot is in, by their ids."""
        names: dict[str, str] = {}
        query: dict[str, Any] = {"types": "public_channel,private_channel", "exclude_archived": True, "limit": 200}
        for _ in range(_MOST_PAGES):
            found = await self.call("users.conversations", lambda client: client.users_conversations(**query))
            names |= {str(each["id"]): str(each.get("name") or "") for each in found["channels"]}
            query["cursor"] = (found.get("response_metadata") or {}).get("next_cursor")
            if not query["cursor"]:
                break
        return names

    async def group_names(self) -> dict[str, str]:
        """The handles of the workspace's user groups, by their ids."""
        found = await self.call("usergroups.list", lambda client: client.usergroups_list())
        return {str(each["id"]): str(each.get("handle") or each.get("name") or "") for each in found["usergroups"]}

    async def locale(self, person: str) -> str | None:
        """The locale of a person's Slack."""
        found = await self.call("users.info", lambda client: client.users_info(user=person, include_locale=True))
        locale = found["user"].get("locale")
        return str(locale) if locale else None

    async def person(self, person: str) -> Person:
        """What Slack says of somebody, as of a few minutes ago at most."""

        async def asked() -> Person:
            found = await self.call("users.info", lambda client: client.users_info(user=person))
            return _described(found["user"])

        return await self._people.known(person, asked)

    async def group_members(self, group: str) -> frozenset[str]:
        """The people in a user group, as of a few minutes ago at most."""

        async def asked() -> frozenset[str]:
            found = await self.call(
                "usergroups.users.list", lambda client: client.usergroups_users_list(usergroup=group)
            )
            return frozenset(map(str, found.get("users") or ()))

        return await self._members.known(group, asked)

    async def post(self, channel: str, message: Mapping[str, Any], thread_ts: str | None) -> str:
        """Posts into a channel or thread; returns the message's `ts`.

        Only what can't have arrived is sent again: nobody wants it twice.
        """
        arguments = {name: value for name, value in message.items() if name != "response_type"}

        async def once() -> AsyncSlackResponse:
            return await self.call(
                "chat.postMessage",
                lambda client: client.chat_postMessage(channel=channel, thread_ts=thread_ts, **arguments),
            )

        return str((await _again_if_not_applied(once)).get("ts") or "")

    async def post_ephemeral(
        self, channel: str, person: str, message: dict[str, Any], thread_ts: str | None = None
    ) -> None:
        """Posts into a channel what only one person sees; it is tried again, as twice is better than never."""
        unknown = ("response_type", "unfurl_links", "unfurl_media")
        arguments = {name: value for name, value in message.items() if name not in unknown}

        async def once() -> None:
            await self.call(
                "chat.postEphemeral",
                lambda client: client.chat_postEphemeral(
                    channel=channel, user=person, thread_ts=thread_ts, **arguments
                ),
            )

        await _again_if_not_applied(once, harmless=True)

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
        opened = await self.call("conversations.open", lambda client: client.conversations_open(users=person))
        await self.call(
            "files.upload",
            lambda client: client.files_upload_v2(
                content=file.content, filename=file.name, title=file.name, channel=opened["channel"]["id"]
            ),
        )

    async def respond(self, response_url: str, body: str, *, private: bool) -> None:
        """Answers over a `response_url`. What only one person sees is tried again, as twice is better than never."""

        async def once() -> None:
            await self._put(response_url, body)

        try:
            await _again_if_not_applied(once)
        except SlackUnreachableError:
            if not private:
                raise
            await asyncio.sleep(0.5)
            await once()

    async def _put(self, response_url: str, body: str) -> None:
        what, headers = "response_url", {"Content-Type": "application/json"}
        try:
            async with self.session.post(response_url, data=body.encode(), headers=headers) as answer:
                if answer.status == 200:
                    return
                if answer.status >= 500:
                    raise SlackUnreachableError(what, f"HTTP {answer.status}")
                raise SlackRefusedError(what, f"HTTP {answer.status}", _wait(answer.status, answer.headers))
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise SlackUnreachableError(what, error, _arrived(error)) from None


async def _again_if_not_applied(send: Callable[[], Awaitable[T]], *, harmless: bool = False) -> T:
    """Sends it until it arrives, a few times; what is `harmless` if done twice also when it may have arrived."""
    for wait in (0.5, 2.0):
        try:
            return await send()
        except SlackRefusedError as refused:
            if refused.wait is None or refused.wait > _LONGEST_WAIT:
                raise
            await asyncio.sleep(refused.wait)
        except SlackUnreachableError as unreachable:
            if unreachable.applied is not False and not harmless:
                raise
            await asyncio.sleep(wait)
    return await send()
