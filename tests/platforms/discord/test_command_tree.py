"""The commands as Discord is told of them."""

import re
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.commands.registry import COMMANDS
from bot.domain.registration import NOBODY
from bot.domain.series import Series
from bot.platforms.discord.command_tree import CommandTree, _by_name
from tests.examples import DAY_ONLY, EXAMPLE

OPEN_SERIES = replace(EXAMPLE, registration=NOBODY, lectures=(DAY_ONLY,))
"""For which nobody registers."""


@pytest.fixture
async def commands() -> dict[str, dict[str, Any]]:
    """What registering sends, by name."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        return {command["name"]: command for command in await CommandTree(client).payload()}


async def test_all_commands_but_the_terminals_are_there(commands: dict[str, dict[str, Any]]) -> None:
    assert [*commands] == [spec.name for spec in COMMANDS if not spec.terminal_only and not spec.group]


async def test_a_command_with_a_lecture(commands: dict[str, dict[str, Any]]) -> None:
    assert commands["lecture"] == {
        "name": "lecture",
        "name_localizations": {"ja": "講義"},
        "description": "One lecture in detail",
        "description_localizations": {"ja": "講義の詳しい案内"},
        "type": 1,
        "nsfw": False,
        "dm_permission": True,
        "default_member_permissions": None,
        "contexts": [0, 1],
        "integration_types": [0],
        "options": [
            {
                "type": 3,
                "name": "which",
                "name_localizations": {"ja": "対象"},
                "description": "A number, speaker, title, place or date, next or last",
                "description_localizations": {"ja": "番号、講師、題目、会場、日付、next、last"},
                "required": False,
                "autocomplete": True,
                "min_length": 1,
                "max_length": 70,
            }
        ],
    }


async def test_choices_have_a_label_in_each_language(commands: dict[str, dict[str, Any]]) -> None:
    language = next(each for each in commands["follow"]["options"] if each["name"] == "language")
    assert language["choices"] == [
        {"name": "Japanese", "value": "ja", "name_localizations": {"ja": "日本語"}},
        {"name": "English", "value": "en", "name_localizations": {"ja": "英語"}},
    ]


async def test_where_choices_are_only_suggested_anything_may_be_typed(commands: dict[str, dict[str, Any]]) -> None:
    (when,) = commands["lectures"]["options"]
    assert (when["autocomplete"], when.get("choices"), when["required"]) == (True, None, False)


async def test_words_are_required_and_limited(commands: dict[str, dict[str, Any]]) -> None:
    (words,) = commands["find"]["options"]
    assert (words["required"], words["min_length"], words["max_length"], words.get("autocomplete")) == (
        True,
        1,
        70,
        None,
    )


async def test_names_and_descriptions_are_such_as_discord_takes(commands: dict[str, dict[str, Any]]) -> None:
    name = re.compile(r"[-_\w]{1,32}")
    for command in commands.values():
        for named in (command, *command["options"]):
            for each in (named["name"], *named.get("name_localizations", {}).values()):
                assert name.fullmatch(each)
                assert each == each.lower()
            for each in (named["description"], *named["description_localizations"].values()):
                assert 1 <= len(each) <= 100


async def test_names_of_options_are_japanese_for_japanese_readers(commands: dict[str, dict[str, Any]]) -> None:
    verbs = commands["admin"]["options"]
    options = [option for command in (*commands.values(), *verbs) for option in command.get("options", [])]
    assert all(option["name_localizations"]["ja"] for option in options)
    for command in (*commands.values(), *verbs):
        names = [option["name_localizations"]["ja"] for option in command.get("options", [])]
        assert len({*names}) == len(names)


async def test_what_is_about_a_channel_is_in_servers_only(commands: dict[str, dict[str, Any]]) -> None:
    in_servers_only = {name for name, command in commands.items() if command["contexts"] == [0]}
    assert in_servers_only == {"follow", "unfollow", "admin"}


@pytest.mark.parametrize(("named", "rights"), [(False, str(1 << 5)), (True, None)])
async def test_organizers_who_are_named_see_their_command(named: bool, rights: str | None) -> None:
    async with discord.Client(intents=discord.Intents.none()) as client:
        payload = await CommandTree(client, named_organizers=named).payload()
    (admin,) = [each for each in payload if each["name"] == "admin"]
    shown = admin["default_member_permissions"]
    assert (None if shown is None else str(shown)) == rights


async def test_values_are_as_long_as_they_can_be(commands: dict[str, dict[str, Any]]) -> None:
    verbs = {
        verb["name"]: {each["name"]: each.get("max_length") for each in verb["options"]}
        for verb in commands["admin"]["options"]
    }
    assert verbs["announce"] == {"text": 1500}
    assert verbs["material"]["link"] == 2048
    assert verbs["edit"]["value"] == 6000


async def test_japanese_names_are_distinct(commands: dict[str, dict[str, Any]]) -> None:
    names = [command["name_localizations"]["ja"] for command in commands.values()]
    assert len({*names}) == len(names)


async def test_what_discord_adds_and_leaves_out_is_no_difference(commands: dict[str, dict[str, Any]]) -> None:
    registered = []
    for command in commands.values():
        echoed = {**command, "id": "1", "version": "2", "application_id": "3", "contexts": command["contexts"][::-1]}
        echoed["options"] = [
            {key: value for key, value in option.items() if value is not False} for option in command["options"]
        ]
        if not echoed["options"]:
            del echoed["options"]
        registered.append(echoed)
    assert _by_name(registered) == _by_name([*commands.values()])


async def test_another_wording_is_a_difference(commands: dict[str, dict[str, Any]]) -> None:
    other = [{**command, "description": "x"} for command in commands.values()]
    assert _by_name(other) != _by_name([*commands.values()])


@pytest.mark.parametrize(("series", "offered"), [(None, True), (EXAMPLE, True), (OPEN_SERIES, False)])
async def test_register_is_offered_where_somebody_registers(series: Series | None, offered: bool) -> None:
    async with discord.Client(intents=discord.Intents.none()) as client:
        tree = CommandTree(client, series=series)
        names = [command["name"] for command in await tree.payload()]
    assert ("register" in names) is offered
    assert tree.get_command("register") is not None
