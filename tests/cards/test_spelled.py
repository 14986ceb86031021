"""Instants as words."""

from datetime import timedelta

from bot.cards.spelled import spelled
from bot.content import Card, Entry, Fact, Link, Listing, Section, Text, When
from tests.examples import at

NOON = at("2030-04-18T12:00")
LINK = Link("地図", "https://maps.example/")
TEXT: Text = ("から ", When(NOON, NOON + timedelta(hours=1)), "、", LINK)
WRITTEN: Text = ("から ", "2030/4/18(木) 12:00–13:00 JST", "、", LINK)


def test_instants_of_every_part_become_words_of_the_language() -> None:
    card = Card("題", (TEXT,), (Fact("日時", TEXT),), (TEXT,), (LINK,))
    assert spelled(card, "ja") == Card("題", (WRITTEN,), (Fact("日時", WRITTEN),), (WRITTEN,), (LINK,))
    listing = Listing("題", (Entry("第3回", (TEXT, TEXT)),))
    assert spelled(listing, "ja") == Listing("題", (Entry("第3回", (WRITTEN, WRITTEN)),))
    section = Section("題", (TEXT,), bulleted=True)
    assert spelled(section, "ja") == Section("題", (WRITTEN,), bulleted=True)
