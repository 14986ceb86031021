"""Links into meetings are told from other pages of the same services."""

import pytest

from bot.domain.meeting_links import meeting_link_in


@pytest.mark.parametrize(
    ("url", "leads_in"),
    [
        ("https://example.zoom.us/j/81234567890?pwd=abc", True),
        ("https://example.zoom.us/meeting/register/tJYkc", False),
        ("https://example.zoom.us/rec/share/abc", False),
        ("https://meet.example.org/LogicSeminar", True),
        ("https://meet.example.org/about", False),
        ("https://bbb.example.org/b/ann-abc-def", True),
        ("https://bbb.example.org/playback/presentation/2.3/abc", False),
        ("https://discord.gg/abc", True),
        ("https://discord.com/channels/1/2", False),
        ("https://example.org/zoom.us/j/81234567890", False),
        ("https://bit.ly/abc", False),
        ("not an address", False),
        ("", False),
    ],
)
def test_an_address_leads_into_a_meeting_or_does_not(url: str, leads_in: bool) -> None:
    assert meeting_link_in(url) is leads_in
