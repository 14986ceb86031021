"""The versions of the page that were dealt with, of each page by itself."""

from datetime import timedelta

from bot.sources.versions import SourceVersion
from tests.storage.homes import NOW, Home

FIRST_PAGE = SourceVersion("https://example.org/a.md", "d1", "# 第1回\n", NOW)
SECOND_PAGE = SourceVersion("https://example.org/a.md", "d2", "# 第2回\n", NOW + timedelta(minutes=15))
OTHER = SourceVersion("https://example.org/b.md", "d3", "# 第3回\n", NOW + timedelta(minutes=30))


async def test_the_version_that_was_dealt_with_last_is_known_for_each_page(home: Home) -> None:
    async with home.opened() as store:
        assert await store.source_versions.latest(FIRST_PAGE.source) is None
        for version in (FIRST_PAGE, SECOND_PAGE, OTHER):
            await store.source_versions.add(version)
        assert await store.source_versions.latest(FIRST_PAGE.source) == SECOND_PAGE
        assert await store.source_versions.latest(OTHER.source) == OTHER


async def test_a_page_that_goes_back_to_what_it_was_is_dealt_with_again(home: Home) -> None:
    async with home.opened() as store:
        for version in (FIRST_PAGE, SECOND_PAGE, FIRST_PAGE):
            await store.source_versions.add(version)
        assert await store.source_versions.latest(FIRST_PAGE.source) == FIRST_PAGE
