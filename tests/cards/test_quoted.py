"""Parts in one language within a message in another."""

from datetime import timedelta

from bot.cards.quoted import quoted
from bot.content import Card, Entry, Fact, Link, Listing, Section, Text, When
from tests.examples import at

NOON = at("2030-04-18T12:00")
LINK = Link("地図", "https://maps.example/")
TEXT: Text = ("から ", When(NOON, NOON + timedelta(hours=1)), "、", LINK)
WRITTEN: Text = ("から ", "2030/4/18(木) 12:00–13:00 JST", "、", LINK)


def test_instants_are_spelled_out_in_the_language_around_them() -> None:
    card = Card("題", (TEXT,), (Fact("日時", TEXT),), (TEXT,), (LINK,))
    assert quoted(card, "ja", "en") == Card("題", (WRITTEN,), (Fact("日時", WRITTEN),), (WRITTEN,), (LINK,))
    listing = Listing("題", (Entry("第3回", (TEXT, TEXT)),))
    assert quoted(listing, "ja", "en") == Listing("題", (Entry("第3回", (WRITTEN, WRITTEN)),))
    section = Section("題", (TEXT,), bulleted=True)
    assert quoted(section, "ja", "en") == Section("題", (WRITTEN,), bulleted=True)


def test_within_their_own_language_they_stay_what_they_are() -> None:
    card = Card("題", (TEXT,), (Fact("日時", TEXT),))
    assert quoted(card, "ja", "ja") == card
