"""The smallest discord.py bot that answers `/next` with an embed and buttons like ours: the yardstick for Discord."""

import os
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

Route.BASE = os.environ["DISCORD_API_URL"]


class Minimal(discord.AutoShardedClient):
    """Answers one command with a message that never changes."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree: app_commands.CommandTree[Minimal] = app_commands.CommandTree(self)

        @self.tree.command(name="next", description="The next lecture")
        async def answer(interaction: discord.Interaction[Any]) -> None:
            embed = discord.Embed(title="Lecture 9: Introduction to Machine Learning", description="Body. " * 80)
            view = discord.ui.View()
            view.add_item(discord.ui.Button(label="Register: lecture 9", url="https://example.org/form"))
            view.add_item(discord.ui.Button(label="Calendar", custom_id="calendar"))
            view.add_item(discord.ui.Button(label="Lectures ahead", custom_id="lectures"))
            view.add_item(discord.ui.Button(label="Show here", custom_id="share"))
            await interaction.response.send_message("Lecture 9 is next.", embed=embed, view=view, ephemeral=True)

    async def setup_hook(self) -> None:
        """Registers the command."""
        await self.tree.sync()


Minimal().run(os.environ["DISCORD_TOKEN"], log_handler=None)
