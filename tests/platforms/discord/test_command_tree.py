"""The commands as Discord is told of them."""

import re
from typing import Any

import discord
import pytest

from bot.commands.registry import COMMANDS
from bot.platforms.discord.command_tree import CommandTree, _by_name


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


async def test_japanese_names_are_distinct(commands: dict[str, dict[str, Any]]) -> None:
    names = [command["name_localizations"]["ja"] for command in commands.values()]
    assert len({*names}) == len(names)


async def test_what_discord_adds_and_leaves_out_is_no_difference(commands: dict[str, dict[str, Any]]) -> None:
    registered = []
    for command in commands.values():
        echoed = {**command, "id": "1", "version": "2", "application_id": "3", "contexts": [1, 0]}
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
