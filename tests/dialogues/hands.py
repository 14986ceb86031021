"""The hands of people who type commands and press buttons, on Discord as on Slack."""

from typing import Protocol

from bot.commands.parser import parse
from bot.commands.registry import ParameterKind
from tests.dialogues.reading import Seen, on_discord, on_slack
from tests.standins import discord, slack

_ONE_WORD = ("number", "field")
_ADDRESS = ("link", "map")


class Hand(Protocol):
    """Somebody at one of the platforms."""

    name: str

    async def types(self, line: str) -> Seen:
        """Types a command; returns what is answered, for nobody else to see."""

    async def presses(self, label: str) -> Seen:
        """Presses a button below the latest answer."""


class DiscordHand:
    """A member of the server, in one of its channels."""

    def __init__(self, there: discord.DiscordStandIn, user: discord.User, channel: discord.Channel) -> None:
        self.name = user.name.title()
        self._discord = there
        self._user = user
        self._channel = channel
        self._latest: discord.Answer | None = None

    async def types(self, line: str) -> Seen:
        """Fills the words into the options that Discord offers."""
        name, options = filled_in(line)
        doing = self._discord.interactions.command(name, options, user=self._user, channel=self._channel)
        return await self._seen(await doing)

    async def presses(self, label: str) -> Seen:
        """Presses a button."""
        assert self._latest
        return await self._seen(await self._discord.interactions.click(self._latest, label=label))

    async def _seen(self, answer: discord.Answer) -> Seen:
        await answer.finished()
        assert answer.ephemeral
        self._latest = answer
        return on_discord(answer.message)


class SlackHand:
    """Somebody in the workspace, in one of its channels."""

    def __init__(self, there: slack.SlackStandIn, user: slack.User, channel: slack.Channel) -> None:
        self.name = user.name
        self._slack = there
        self._user = user
        self._channel = channel
        self._latest: slack.Message | None = None

    async def types(self, line: str) -> Seen:
        """Types the line as it is."""
        command, _, text = line.partition(" ")
        return await self._seen(await self._slack.command(command, text, user=self._user, channel=self._channel))

    async def presses(self, label: str) -> Seen:
        """Presses a button."""
        assert self._latest
        return await self._seen(await self._slack.click(self._latest, text=label, user=self._user))

    async def _seen(self, answer: slack.Answer) -> Seen:
        message = await answer.seen()
        assert message.ephemeral_to == self._user.id
        self._latest = message
        return on_slack(message.text, message.blocks)


def filled_in(line: str) -> tuple[str, dict[str, str]]:
    """The command and the options that are filled in on Discord, where others type this line."""
    typed = parse(line)
    rest = typed.argument
    options: dict[str, str] = {}

    def take(name: str, value: str, left: str) -> str:
        if value:
            options[name] = value
        return left.strip()

    for parameter in reversed([each for each in typed.spec.parameters if each.label]):
        before, _, value = rest.partition(parameter.label)
        rest = take(parameter.name, value.strip(), before)
    plain = [each for each in typed.spec.parameters if not each.label]
    for parameter in [each for each in plain if each.name in _ADDRESS]:
        before, _, last = rest.rpartition(" ")
        if last.startswith(("https://", "http://")):
            rest = take(parameter.name, last, before)
    for parameter in plain:
        one_word = parameter.name in _ONE_WORD or (parameter.kind is ParameterKind.LECTURE and len(plain) > 1)
        first, _, others = rest.partition(" ")
        if parameter.name == "number" and not first.isdecimal():
            continue
        if parameter.name not in _ADDRESS:
            rest = take(parameter.name, first, others) if one_word else take(parameter.name, rest, "")
    return typed.command, {each.name: options[each.name] for each in typed.spec.parameters if each.name in options}
