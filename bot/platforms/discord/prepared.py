"""Views and embeds whose JSON is made once, since the same answers are sent again and again."""

from typing import Any

import discord


class PreparedView(discord.ui.View):
    """Controls that no longer change, and that discord.py doesn't watch: a press is recognised by its custom_id.

    Made outside of an event loop it can only be looked at.
    """

    _components: list[dict[str, Any]] | None = None

    def __init__(self, rows: list[list[discord.ui.Item[discord.ui.View]]]) -> None:
        super().__init__(timeout=None)
        for number, row in enumerate(rows):
            for item in row:
                item.row = number
                self.add_item(item)
        self._components = super().to_components()
        self.stop()

    def to_components(self) -> list[dict[str, Any]]:
        """The rows as they are sent."""
        return self._components if self._components is not None else super().to_components()

    def has_components_v2(self) -> bool:
        """Whether it needs the newer layout, which it never does."""
        return False


class PreparedEmbed(discord.Embed):
    """An embed that no longer changes."""

    __slots__ = ("_sent",)

    def __init__(self, *, title: str, description: str, colour: int, footer: str) -> None:
        super().__init__(title=title or None, description=description or None, colour=colour)
        if footer:
            self.set_footer(text=footer)
        self._sent: Any = super().to_dict()

    def to_dict(self) -> Any:
        """The embed as it is sent."""
        return self._sent
