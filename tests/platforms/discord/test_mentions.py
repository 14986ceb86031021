"""Commands that the bot names are mentions on Discord, once their ids are known."""

import re

import pytest

from bot.domain.language import Language
from bot.domain.message import Card, Entry, Listing, Message, Part, Section
from bot.platforms.discord import DiscordPlatform
from bot.platforms.discord.mentions import NO_COMMANDS, CommandMentions
from bot.platforms.discord.rendering import rendered
from tests.standins.discord import DiscordStandIn

VERBS = [{"type": 1, "name": "move"}]
MENTIONS = CommandMentions([{"name": "next", "id": "7"}, {"name": "admin", "id": "8", "options": VERBS}])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Type /next 2.", "Type </next:7> 2."),
        ("/next、/next で", "</next:7>、</next:7> で"),
        ("/next für alle", "</next:7> für alle"),
        ("/next to come", "</next:7> to come"),
        ("/admin move 9 5/2", "</admin move:8> 9 5/2"),
        ("/admin, /admin venue, /nexts, /next-one, a/next, ./next", None),
        ("https://a.example/next and <https://a.example/next>", None),
        (r"\/next", None),
        ("It is called “Use /next”, see /next.", "It is called “Use /next”, see </next:7>."),
        ("「/next の使い方」", None),
        ("See /next: 「a「b」/next」 /next.", "See </next:7>: 「a「b」/next」 </next:7>."),
        ("“a” /next” /next", "“a” /next” </next:7>"),
        ("“cut off… /next", None),
    ],
)
def test_what_is_a_command_is_mentioned_and_nothing_else(text: str, seen: str | None) -> None:
    assert MENTIONS.in_text(text, 2000) == (seen or text)
    assert NO_COMMANDS.in_text(text, 2000) == text


def test_a_text_without_room_for_mentions_stays_as_it_is() -> None:
    assert MENTIONS.in_text("/next", 9) == "</next:7>"
    assert MENTIONS.in_text("/next", 8) == "/next"


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_answers_mention_the_commands_that_were_registered(
    discord: DiscordStandIn, bot: DiscordPlatform, language: Language
) -> None:
    ids = {each["name"]: each["id"] for each in discord.commands}
    shown = await discord.interactions.command("help", locale=language)
    described = "".join(str(each.get("description")) for each in shown.embeds) + "".join(shown.texts)
    assert f"</next:{ids['next']}>" in described
    assert not re.search(r"(?<![\w<])/(next|register|follow)\b", described)


def test_what_others_wrote_mentions_nothing() -> None:
    title, spoken = "第1回　/next", ("/next",)
    theirs: tuple[Part, ...] = (
        Card(title, body=(spoken,)),
        Listing("", (Entry(title, (spoken,)),)),
        Section("", (spoken,), quoted=True),
    )
    assert [mentioned(part, private=private) for part in theirs for private in (True, False)] == [False] * 6
    ours = Section("", (spoken,)), Listing("", (Entry("/next", (spoken,)),))
    assert [mentioned(part, private=private) for part in ours for private in (True, False)] == [True] * 4


def mentioned(part: Part, *, private: bool) -> bool:
    """Whether a command is mentioned in a message of that part, in components if it is private."""
    shown = rendered(Message("", (part,)), "ja", private=private, newer=private, mentions=MENTIONS)
    components = shown.view.to_components() if shown.view else []
    return "</next:7>" in str([each.to_dict() for each in shown.embeds] + components)
