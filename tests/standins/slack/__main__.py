"""Runs the stand-in on its own: `python -m tests.standins.slack --port 8899`."""

from __future__ import annotations

import argparse
import asyncio

from .server import SlackStandIn


async def serve(port: int) -> None:
    async with SlackStandIn(port=port) as slack:
        for name, value in (
            ("SLACK_API_URL", slack.api_url),
            ("SLACK_BOT_TOKEN", slack.bot_token),
            ("SLACK_APP_TOKEN", slack.app_token),
            ("SLACK_SIGNING_SECRET", slack.signing_secret),
        ):
            print(f"{name}={value}", flush=True)
        print(f"# user {slack.user.id}, channel {slack.channel.id}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    try:
        asyncio.run(serve(parser.parse_args().port))
    except KeyboardInterrupt:
        raise SystemExit(0) from None
