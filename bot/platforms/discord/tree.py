"""The slash commands, made from the specifications that all platforms share."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.commands.registry import COMMANDS, MAX_WORDS, CommandSpec, Parameter, ParameterKind
from bot.phrases import phrases
from bot.platforms.discord.answers import Answers, Interaction

Words = app_commands.Range[str, 1, MAX_WORDS]
Callback = Callable[..., Coroutine[Any, Any, None]]


class CommandTree(app_commands.CommandTree[discord.Client]):
    """The commands of all servers; without `answers` it can be registered, but not asked."""

    def __init__(self, client: discord.Client, answers: Answers | None = None) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        self._answers: Final = answers
        for spec in COMMANDS:
            if not spec.terminal_only:
                self.add_command(_command(spec, answers))

    async def payload(self) -> list[dict[str, Any]]:
        """What registering them sends, in both languages."""
        translator = Localization()
        return [await command.get_translated_payload(self, translator) for command in self.get_commands()]

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answers commands that Discord still offers and this version doesn't know; answering raises no error else."""
        if self._answers:
            await self._answers.outdated(interaction)


class Localization(app_commands.Translator):
    """Gives the Japanese wording that a localizable string carries along; English is what all others see."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The wording for `locale`, if there is an own one."""
        ja: str | None = string.extras.get("ja")
        return ja if locale is discord.Locale.japanese else None


def _command(spec: CommandSpec, answers: Answers | None) -> app_commands.Command[Any, ..., None]:
    return app_commands.Command(
        name=locale_str(spec.name, ja=phrases("ja")(f"command.{spec.name}.name")),
        description=_localized(f"command.{spec.name}"),
        callback=_callback(spec, answers),
        auto_locale_strings=False,
    )


def _callback(spec: CommandSpec, answers: Answers | None) -> Callback:
    name, parameter = spec.name, spec.parameter

    async def ask(interaction: Interaction, line: str) -> None:
        if answers:
            await answers.command(interaction, line)

    async def bare(interaction: Interaction) -> None:
        await ask(interaction, name)

    async def required(interaction: Interaction, argument: Words) -> None:
        await ask(interaction, f"{name} {argument}")

    async def optional(interaction: Interaction, argument: Words | None = None) -> None:
        await ask(interaction, f"{name} {argument}" if argument else name)

    async def chosen(interaction: Interaction, argument: str | None = None) -> None:
        await ask(interaction, f"{name} {argument}" if argument else name)

    async def completed(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return answers.suggestions(interaction, current) if answers else []

    if parameter is None:
        return bare
    callback: Callback = required if parameter.required else optional
    if parameter.kind is ParameterKind.CHOICE:
        callback = app_commands.choices(argument=_choices(parameter))(chosen)
    elif parameter.kind is ParameterKind.LECTURE:
        callback = app_commands.autocomplete(argument=completed)(callback)
    callback = app_commands.describe(argument=_localized(f"command.{name}.{parameter.name}"))(callback)
    return app_commands.rename(argument=parameter.name)(callback)


def _choices(parameter: Parameter) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=_localized(f"choice.{value}"), value=value) for value in parameter.choices]


def _localized(name: str) -> locale_str:
    return locale_str(phrases("en")(name), ja=phrases("ja")(name))
