"""Replies as JSON for scripts: the structure of the content itself, every key always present.

A text is a list of spans: `{"text": …}`, `{"when": {"starts": …, "ends": …}}`, `{"link": {"label": …, "url": …}}` or
`{"countdown": {"to": …}}`, which stands where it may be told how far away that instant is.
Instants are ISO 8601 with their offset in the series' zone; a day whose time is to be announced is a mere date.
`kind` tells the parts apart: `card`, `listing`, `section`. Every `line` is a command line that can be asked.
"""

from base64 import b64encode
from typing import TypeAlias

from bot.commands.context import Reply
from bot.domain.message import Card, Choice, Countdown, File, Form, Link, Listing, Part, Section, Span, Text, When

Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | None"


def structure(reply: Reply) -> dict[str, Json]:
    """The reply as JSON values."""
    return {
        "outcome": reply.outcome.value,
        "headline": reply.headline,
        "parts": [_part(part) for part in reply.parts],
        "choice": _choice(reply.choice) if reply.choice else None,
        "actions": [{"label": each.label, "line": each.line, "danger": each.danger} for each in reply.actions],
        "file": _file(reply.file) if reply.file else None,
        "note": reply.note,
        "line": reply.line,
        "form": _form(reply.form) if reply.form else None,
    }


def _part(part: Part) -> Json:
    match part:
        case Card():
            return {
                "kind": "card",
                "title": part.title,
                "tone": part.tone.value,
                "notices": _texts(part.notices),
                "facts": [{"label": fact.label, "value": _text(fact.value)} for fact in part.facts],
                "body": _texts(part.body),
                "call": _text(part.call),
                "links": [_link(link) for link in part.links],
            }
        case Listing():
            entries: list[Json] = [{"title": entry.title, "lines": _texts(entry.lines)} for entry in part.entries]
            return {"kind": "listing", "title": part.title, "entries": entries}
        case Section():
            return {
                "kind": "section",
                "title": part.title,
                "bulleted": part.bulleted,
                "paragraphs": _texts(part.paragraphs),
            }


def _choice(choice: Choice) -> Json:
    options: list[Json] = [
        {"label": option.label, "description": option.description, "line": option.line} for option in choice.options
    ]
    return {"prompt": choice.prompt, "options": options}


def _form(form: Form) -> Json:
    fields: list[Json] = [
        {
            "name": each.name,
            "label": each.label,
            "value": each.value,
            "multiline": each.multiline,
            "required": each.required,
            "hint": each.hint,
            "line": each.line,
        }
        for each in form.fields
    ]
    return {"title": form.title, "line": form.line, "fields": fields}


def _file(file: File) -> Json:
    return {"name": file.name, "media_type": file.media_type, "base64": b64encode(file.content).decode("ascii")}


def _texts(texts: tuple[Text, ...]) -> list[Json]:
    return [_text(text) for text in texts]


def _text(text: Text) -> Json:
    return [_span(span) for span in text]


def _span(span: Span) -> Json:
    match span:
        case str():
            return {"text": span}
        case When():
            return {"when": {"starts": span.starts.isoformat(), "ends": span.ends.isoformat() if span.ends else None}}
        case Countdown():
            return {"countdown": {"to": span.to.isoformat()}}
        case Link():
            return {"link": _link(span)}


def _link(link: Link) -> Json:
    return {"label": link.label, "url": link.url}
