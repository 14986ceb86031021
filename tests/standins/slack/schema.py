"""Rules from which Block Kit's grammar is put together; complaints are worded and placed like Slack's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Rule = Callable[[Any, str, "Report"], None]


class Report:
    """The complaints about one list of blocks, each with a JSON pointer."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def say(self, complaint: str, path: str) -> None:
        self.messages.append(f"{complaint} [json-pointer:{path}]")


def string(most: int | None = None, least: int = 1, like: str | None = None) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, str):
            report.say("must provide a string", path)
        elif len(value) < least:
            report.say(f"must be more than {least - 1} characters", path)
        elif most is not None and len(value) > most:
            report.say(f"must be less than {most + 1} characters", path)
        elif like is not None and not re.fullmatch(like, value):
            report.say("invalid value", path)

    return check


def url(most: int = 3000) -> Rule:
    length = string(most)

    def check(value: Any, path: str, report: Report) -> None:
        length(value, path, report)
        if isinstance(value, str) and not re.fullmatch(r"(https?://[^\s/]+\S*|mailto:\S+|tel:\S+|slack://\S+)", value):
            report.say("invalid url", path)

    return check


def flag(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, bool):
        report.say("must provide a boolean", path)


def integer(least: int, most: int) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.say("must provide an integer", path)
        elif not least <= value <= most:
            report.say(f"must be between {least} and {most}", path)

    return check


def choice(*values: str) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if value not in values:
            report.say(f"must be a valid enum value ({', '.join(values)})", path)

    return check


def anything(value: Any, path: str, report: Report) -> None:
    """A field that Slack knows and the stand-in doesn't look into."""


def array(item: Rule, most: int | None = None, least: int = 1) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, list):
            report.say("must provide an array", path)
            return
        if len(value) < least:
            report.say(f"no less than {least} items allowed", path)
        if most is not None and len(value) > most:
            report.say(f"no more than {most} items allowed", path)
        for index, each in enumerate(value):
            item(each, f"{path}/{index}", report)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, *also: Rule) -> Rule:
    """An object with exactly these fields (and its `type`, which `tagged` has looked at)."""
    fields = {**required, **(optional or {})}

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.say("must provide an object", path)
            return
        for name in required:
            if value.get(name) is None:
                report.say(f"missing required field: {name}", path)
        for name, each in value.items():
            if name == "type":
                continue
            if name not in fields:
                report.say(f"invalid additional property: {name}", path)
            elif each is None and name not in required:
                report.say("must not be null", f"{path}/{name}")
            elif each is not None:
                fields[name](each, f"{path}/{name}", report)
        for rule in also:
            rule(value, path, report)

    return check


def tagged(rules: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which rule holds."""

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.say("must provide an object", path)
        elif not isinstance(value.get("type"), str):
            report.say("missing required field: type", path)
        elif value["type"] not in rules:
            report.say(f"unsupported type: {value['type']}", f"{path}/type")
        else:
            rules[value["type"]](value, path, report)

    return check


def exactly_one(*names: str) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if sum(name in value for name in names) != 1:
            report.say(f"must provide exactly one of {', '.join(names)}", path)

    return check


def one_or_more(*names: str) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if not any(name in value for name in names):
            report.say(f"missing required field: {' or '.join(names)}", path)

    return check
