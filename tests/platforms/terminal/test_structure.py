"""The JSON form of an answer, whose structure scripts rely on."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.commands.context import Reply, ReplyStatus
from bot.domain.message import (
    Action,
    Card,
    Choice,
    Entry,
    Fact,
    File,
    Form,
    FormField,
    Link,
    Listing,
    Option,
    Section,
    Tone,
    When,
)
from bot.platforms.terminal.structure import structure

TOKYO = ZoneInfo("Asia/Tokyo")
STARTS, ENDS = datetime(2024, 4, 25, 13, tzinfo=TOKYO), datetime(2024, 4, 25, 17, tzinfo=TOKYO)


def test_every_part_of_an_answer_is_in_it() -> None:
    reply = Reply(
        "Lecture 9 is next.",
        (
            Card(
                "Lecture 9",
                notices=(("elsewhere",),),
                facts=(Fact("Date", (When(STARTS, ENDS), " (soon)")), Fact("Deadline", (When(date(2024, 4, 24)),))),
                body=(("about ", Link("this", "https://a.example/")),),
                links=(Link("form", "https://forms.example/"),),
                tone=Tone.OPEN,
            ),
            Listing("All", (Entry("One", (("line",),)),)),
            Section("Rules", (("mute",),), bulleted=True),
        ),
        choice=Choice("Which?", (Option("Nine", "lecture 9", "in April"),)),
        actions=(Action("Materials", "materials 9"),),
        file=File("lecture-9.ics", "text/calendar", b"BEGIN"),
        note="a note",
        line="next",
        form=Form(
            "Lecture 9", (FormField("title", "Title", "Sky", False, True, "in short", "admin title 9"),), "edit 9"
        ),
        outcome=ReplyStatus.NOT_FOUND,
    )
    wanted = {
        "outcome": "not_found",
        "headline": "Lecture 9 is next.",
        "parts": [
            {
                "kind": "card",
                "title": "Lecture 9",
                "tone": "open",
                "notices": [[{"text": "elsewhere"}]],
                "facts": [
                    {
                        "label": "Date",
                        "value": [
                            {"when": {"starts": "2024-04-25T13:00:00+09:00", "ends": "2024-04-25T17:00:00+09:00"}},
                            {"text": " (soon)"},
                        ],
                    },
                    {"label": "Deadline", "value": [{"when": {"starts": "2024-04-24", "ends": None}}]},
                ],
                "body": [[{"text": "about "}, {"link": {"label": "this", "url": "https://a.example/"}}]],
                "call": [],
                "links": [{"label": "form", "url": "https://forms.example/"}],
            },
            {"kind": "listing", "title": "All", "entries": [{"title": "One", "lines": [[{"text": "line"}]]}]},
            {"kind": "section", "title": "Rules", "bulleted": True, "paragraphs": [[{"text": "mute"}]]},
        ],
        "choice": {
            "prompt": "Which?",
            "options": [{"label": "Nine", "description": "in April", "line": "lecture 9"}],
        },
        "actions": [{"label": "Materials", "line": "materials 9", "danger": False}],
        "file": {"name": "lecture-9.ics", "media_type": "text/calendar", "base64": "QkVHSU4="},
        "note": "a note",
        "line": "next",
        "form": {
            "title": "Lecture 9",
            "line": "edit 9",
            "fields": [
                {
                    "name": "title",
                    "label": "Title",
                    "value": "Sky",
                    "multiline": False,
                    "required": True,
                    "hint": "in short",
                    "line": "admin title 9",
                }
            ],
        },
    }
    assert structure(reply) == wanted
    assert json.loads(json.dumps(structure(reply))) == wanted


def test_what_an_answer_lacks_is_there_as_null_or_empty() -> None:
    assert structure(Reply("Hello.")) == {
        "outcome": "done",
        "headline": "Hello.",
        "parts": [],
        "choice": None,
        "actions": [],
        "file": None,
        "note": None,
        "line": None,
        "form": None,
    }
