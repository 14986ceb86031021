"""Bolt's app: which request goes to which handler."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.blocks import ASK, HERE, OPEN, SHARE
from bot.platforms.slack.client import LIBRARY_LOGGER, Identity
from bot.platforms.slack.conversations import EVENTS, Conversations
from bot.platforms.slack.handlers import Handlers
from bot.platforms.slack.manifest import SHORTCUT

_ANY: Final = re.compile("")

_log: Final = structlog.get_logger(__name__)


def bolt_app(handlers: Handlers, conversations: Conversations, identity: Identity) -> AsyncApp:
    """The app. Requests come to it verified, and none makes it call Slack: who we are is known from the start.

    `process_before_response` has listeners' answers sent as they come; without it, Bolt looks for them every 10 ms.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=identity.team, bot_user_id=identity.user, bot_id=identity.bot
        )

    app = AsyncApp(
        name="lecturebot",
        logger=LIBRARY_LOGGER,
        client=AsyncWebClient(logger=LIBRARY_LOGGER),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_told)
    app.command(_ANY)(handlers.command)
    app.action(_begins(ASK))(handlers.press)
    app.action(_begins(HERE))(handlers.decide)
    app.action(_begins(SHARE))(handlers.share)
    app.action(_begins(OPEN))(_nothing)
    app.action(_ANY)(handlers.press_outdated)
    app.view(_ANY)(handlers.submit)
    app.event("app_mention")(handlers.mention)
    app.event("message")(handlers.direct_message)
    app.shortcut(SHORTCUT)(handlers.shortcut)
    app.event("app_home_opened")(handlers.home)
    for each in EVENTS:
        app.event(each)(_noting(conversations))
    app.event(_ANY)(_nothing)
    return app


def _noting(conversations: Conversations) -> Callable[[dict[str, Any]], Awaitable[BoltResponse]]:
    """What takes note of a channel's event before it is acknowledged, so that a lost one comes again."""

    async def noted(event: dict[str, Any]) -> BoltResponse:
        await conversations.happened(event)
        return BoltResponse(status=200)

    return noted


def _begins(kind: str) -> re.Pattern[str]:
    return re.compile(rf"^{kind}(\.|$)")


async def _told(error: Exception) -> BoltResponse:
    """A defect of ours: Slack is to send the request again."""
    _log.error("slack.request_failed", exc_info=error)
    return BoltResponse(status=500)


async def _nothing() -> BoltResponse:
    """Acknowledges what asks for nothing, so that Slack doesn't send it again."""
    return BoltResponse(status=200)
