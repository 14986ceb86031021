"""The Bolt app: which of Slack's payloads goes to which answer."""

import logging
import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.answers import Answers, Body

_ANY = re.compile("")


def bolt_app(answers: Answers) -> AsyncApp:
    """The app. Requests come to it verified, and none makes it call Slack: who we are is known from the start.

    `process_before_response` has listeners' answers sent as they come; without it, Bolt looks for them every 10 ms.
    """

    async def authorize() -> AuthorizeResult:
        known = answers.identity
        return AuthorizeResult(
            enterprise_id=None,
            team_id=known.team if known else None,
            bot_user_id=known.user if known else None,
            bot_id=known.bot if known else None,
        )

    app = AsyncApp(
        name="lecturebot",
        logger=_LOGGER,
        client=AsyncWebClient(logger=_LOGGER),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def command(body: Body) -> BoltResponse:
        return await answers.command(body)

    async def click(body: Body) -> BoltResponse:
        return await answers.click(body)

    async def submit(body: Body) -> BoltResponse:
        return await answers.submit(body)

    async def mention(body: Body) -> BoltResponse:
        return await answers.mention(body)

    async def home(body: Body) -> BoltResponse:
        return await answers.home(body)

    async def whatever(body: dict[str, Any]) -> BoltResponse:
        """Takes note of what was never asked for, so that Slack doesn't send it again."""
        return BoltResponse(status=200)

    app.command(_ANY)(command)
    app.action(_ANY)(click)
    app.view(_ANY)(submit)
    app.event("app_mention")(mention)
    app.event("app_home_opened")(home)
    app.event(_ANY)(whatever)
    return app


_LOGGER = logging.getLogger(f"{__name__}.library")
_LOGGER.setLevel(logging.CRITICAL)  # we log what matters ourselves, on one line and without payloads
