"""Which block elements exist, with their limits: the lower half of Block Kit's grammar."""

from __future__ import annotations

from typing import Any

from .schema import (
    Report,
    Rule,
    anything,
    array,
    choice,
    exactly_one,
    flag,
    integer,
    shape,
    string,
    tagged,
    url,
)


def plain(most: int = 3000) -> Rule:
    return tagged({"plain_text": shape({"text": string(most)}, {"emoji": flag})})


def text(most: int = 3000) -> Rule:
    return tagged(
        {
            "plain_text": shape({"text": string(most)}, {"emoji": flag}),
            "mrkdwn": shape({"text": string(most)}, {"verbatim": flag}),
        }
    )


_ACTION_ID = {"action_id": string(255)}
_CONFIRM = shape(
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
_ASKING: dict[str, Rule] = {
    **_ACTION_ID,
    "placeholder": plain(150),
    "focus_on_load": flag,
    "confirm": _CONFIRM,
}
_DISPATCH = shape({}, {"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"), 2)})
_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
_RICH_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
_OVERFLOW_OPTION = shape({"text": plain(75)}, {"value": string(150), "description": plain(75), "url": url()})
_GROUP = shape({"label": plain(75), "options": array(_OPTION, 100)})


def offered(element: dict[str, Any]) -> list[Any]:
    """All options of a menu, grouped or not."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group.get("options") or []
    return options


def _initial_is_offered(element: Any, path: str, report: Report) -> None:
    chosen = list(element.get("initial_options") or [])
    if element.get("initial_option") is not None:
        chosen.append(element["initial_option"])
    if not all(each in offered(element) for each in chosen):
        report.say("initial_option must match an available option", path)


def _needs_some(element: Any, path: str, report: Report) -> None:
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        report.say("min_length must not exceed max_length", path)
    if isinstance(most, int) and len(str(element.get("initial_value", ""))) > most:
        report.say("initial_value is longer than max_length", path)


def _menu(*, many: bool, **fields: Rule) -> Rule:
    more: dict[str, Rule] = {"max_selected_items": integer(1, 1000)} if many else {}
    return shape({}, {**_ASKING, **fields, **more})


def _static_menu(*, many: bool) -> Rule:
    initial: dict[str, Rule] = (
        {"initial_options": array(_OPTION, 100), "max_selected_items": integer(1, 1000)}
        if many
        else {"initial_option": _OPTION}
    )
    return shape(
        {},
        {**_ASKING, **initial, "options": array(_OPTION, 100), "option_groups": array(_GROUP, 100)},
        exactly_one("options", "option_groups"),
        _initial_is_offered,
    )


_ids = array(string(255))
MENUS: dict[str, Rule] = {
    "static_select": _static_menu(many=False),
    "multi_static_select": _static_menu(many=True),
    "external_select": _menu(many=False, min_query_length=integer(0, 100), initial_option=_OPTION),
    "multi_external_select": _menu(many=True, min_query_length=integer(0, 100), initial_options=array(_OPTION)),
    "users_select": _menu(many=False, initial_user=string()),
    "multi_users_select": _menu(many=True, initial_users=_ids),
    "channels_select": _menu(many=False, initial_channel=string(), response_url_enabled=flag),
    "multi_channels_select": _menu(many=True, initial_channels=_ids),
    "conversations_select": _menu(
        many=False,
        initial_conversation=string(),
        response_url_enabled=flag,
        default_to_current_conversation=flag,
        filter=anything,
    ),
    "multi_conversations_select": _menu(
        many=True, initial_conversations=_ids, default_to_current_conversation=flag, filter=anything
    ),
}
_CHOICES = {
    "checkboxes": shape(
        {"options": array(_RICH_OPTION, 10)},
        {**_ACTION_ID, "confirm": _CONFIRM, "focus_on_load": flag, "initial_options": array(_RICH_OPTION, 10)},
        _initial_is_offered,
    ),
    "radio_buttons": shape(
        {"options": array(_RICH_OPTION, 10)},
        {**_ACTION_ID, "confirm": _CONFIRM, "focus_on_load": flag, "initial_option": _RICH_OPTION},
        _initial_is_offered,
    ),
}
_PICKERS = {
    "datepicker": shape({}, {**_ASKING, "initial_date": string(10, like=r"\d{4}-\d\d-\d\d")}),
    "timepicker": shape(
        {}, {**_ASKING, "initial_time": string(5, like=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": string()}
    ),
}
_DATETIME = {
    "datetimepicker": shape(
        {},
        {
            **_ACTION_ID,
            "confirm": _CONFIRM,
            "focus_on_load": flag,
            "initial_date_time": integer(10**9, 10**10 - 1),
        },
    )
}
_BUTTON = shape(
    {"text": plain(75)},
    {
        **_ACTION_ID,
        "value": string(2000),
        "url": url(),
        "style": choice("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
)
_OVERFLOW = shape({"options": array(_OVERFLOW_OPTION, 5)}, {**_ACTION_ID, "confirm": _CONFIRM})
IMAGE = shape(
    {"alt_text": string(2000, least=0)},
    {"image_url": url(), "slack_file": anything},
    exactly_one("image_url", "slack_file"),
)

IN_ACTIONS = {"button": _BUTTON, "overflow": _OVERFLOW, **MENUS, **_CHOICES, **_PICKERS, **_DATETIME}
AS_ACCESSORY = {"button": _BUTTON, "overflow": _OVERFLOW, "image": IMAGE, **MENUS, **_CHOICES, **_PICKERS}


def _field(**more: Rule) -> Rule:
    fields: dict[str, Rule] = {
        **_ACTION_ID,
        "placeholder": plain(150),
        "focus_on_load": flag,
        "initial_value": string(3000, least=0),
        "dispatch_action_config": _DISPATCH,
    }
    return shape({}, {**fields, **more}, _needs_some)


IN_INPUT = {
    "plain_text_input": _field(multiline=flag, min_length=integer(0, 3000), max_length=integer(1, 3000)),
    "email_text_input": _field(),
    "url_text_input": _field(),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        {
            **_ACTION_ID,
            "placeholder": plain(150),
            "focus_on_load": flag,
            "initial_value": string(),
            "min_value": string(),
            "max_value": string(),
            "dispatch_action_config": _DISPATCH,
        },
    ),
    **MENUS,
    **_CHOICES,
    **_PICKERS,
    **_DATETIME,
}
