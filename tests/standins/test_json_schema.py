"""The checker of payloads, and that the description of Discord's refuses what Discord would refuse."""

from pathlib import Path
from typing import Any

import pytest

from tests.standins import discord
from tests.standins.json_schema import SchemaFile

DISCORD = SchemaFile(Path(discord.__file__).with_name("payloads.schema.yaml"))
QUIET: dict[str, Any] = {"parse": []}
BUTTON = {"type": 2, "style": 2, "label": "Next", "custom_id": "ask:next"}
LINK = {"type": 2, "style": 5, "label": "Form", "url": "https://forms.example"}
TEXT = {"type": 4, "custom_id": "title", "style": 1}
LABEL = {"type": 18, "label": "Title", "component": TEXT}


def post(**fields: Any) -> dict[str, Any]:
    """A post with these fields besides what each has."""
    return {"content": "x", "allowed_mentions": QUIET, "nonce": "n", "enforce_nonce": True} | fields


def row(*items: dict[str, Any]) -> dict[str, Any]:
    """A post with one row of components."""
    return post(components=[{"type": 1, "components": [*items]}])


def modal(*items: dict[str, Any], title: str = "Edit") -> dict[str, Any]:
    """An answer that opens a modal."""
    return {"type": 9, "data": {"title": title, "custom_id": "form:x", "components": [*items]}}


@pytest.mark.parametrize(
    ("name", "payload", "flaw"),
    [
        ("message_create", row(BUTTON, LINK), None),
        ("message_create", post(content="x" * 2001), "content: maxLength 2000"),
        ("message_create", post(colour=1), "colour is unknown"),
        ("message_create", {"content": "x"}, "allowed_mentions is missing"),
        ("message_create", post(allowed_mentions={"parse": ["roles"]}), "parse: maxItems 0"),
        ("message_create", row(*[BUTTON] * 6), "maxItems 5"),
        ("message_create", row(BUTTON | {"url": "https://a.example"}), "url is unknown"),
        ("message_create", row(LINK | {"url": "javascript:x"}), "pattern"),
        ("message_create", row(BUTTON | {"label": "x" * 81}), "label: maxLength 80"),
        ("message_create", row(BUTTON | {"style": True}), "style: enum"),
        ("message_create", post(embeds=[{"fields": [{"name": "n", "value": ""}]}]), "value: minLength 1"),
        ("message_create", post(components=[{"type": 10, "content": "x"}], flags=1 << 15), "flags: enum"),
        ("callback", {"type": 7, "data": {"content": "x", "allowed_mentions": QUIET}}, None),
        ("callback", {"type": 5, "data": {"flags": 64, "content": "x"}}, "content is unknown"),
        ("callback", modal(LABEL), None),
        ("callback", modal(*[LABEL] * 6), "components: maxItems 5"),
        ("callback", modal(LABEL, title="x" * 46), "title: maxLength 45"),
        ("callback", modal(LABEL | {"label": "x" * 46}), "label: maxLength 45"),
        ("callback", modal(LABEL | {"component": TEXT | {"max_length": 4001}}), "max_length: maximum 4000"),
        ("callback", modal(LABEL | {"component": {"type": 21, "custom_id": "a", "options": []}}), "minItems 2"),
        ("callback", {"type": 8, "data": {"choices": [{"name": "", "value": "x"}]}}, "name: minLength 1"),
        ("event_edit", {"status": 4}, None),
        ("event_edit", {"status": 1}, "status: enum"),
    ],
)
def test_a_payload_is_held_against_its_description(name: str, payload: dict[str, Any], flaw: str | None) -> None:
    flaws = DISCORD.flaws(payload, name)
    assert flaws == [] if flaw is None else any(flaw in each for each in flaws), flaws


def test_a_description_with_an_unknown_keyword_is_of_no_use(tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text("$defs: {a: {type: string, maxlength: 3}}", encoding="utf-8")
    with pytest.raises(LookupError, match="maxlength"):
        SchemaFile(file).flaws("x", "a")
