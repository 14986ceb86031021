"""Runs the stand-in on its own: `python -m tests.standins.discord --port 8898`."""

from __future__ import annotations

import argparse
import asyncio

from .server import DiscordStandIn


async def serve(port: int) -> None:
    async with DiscordStandIn(port=port, strict=False) as discord:
        print(f"DISCORD_API_URL={discord.api_url}", flush=True)
        print(f"DISCORD_TOKEN={discord.token}", flush=True)
        print(f"# user {discord.user.id}, guild {discord.guild.id}, channel {discord.channel.id}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    try:
        asyncio.run(serve(parser.parse_args().port))
    except KeyboardInterrupt:
        raise SystemExit(0) from None
