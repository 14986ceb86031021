"""What Discord accepts as components of a message and as a modal."""

from __future__ import annotations

from collections.abc import Iterator

from .refusals import Form, Json, Path

ROW, BUTTON, TEXT_SELECT, TEXT_INPUT, SECTION, TEXT_DISPLAY, CONTAINER, LABEL = 1, 2, 3, 4, 9, 10, 17, 18
RADIO_GROUP, CHECKBOX_GROUP = 21, 22
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6
_MESSAGE_V2 = (ROW, SECTION, TEXT_DISPLAY, 12, 13, 14, CONTAINER)


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, whatever it is nested in."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for inner in ("accessory", "component"):
            if isinstance(component.get(inner), dict):
                yield from walk([component[inner]])


def check_components(form: Form, value: object, *, v2: bool) -> None:
    """The components of a message; with `v2` those of a Components V2 message."""
    path: Path = ("components",)
    ids: set[str] = set()
    top = form.items(path, value, most=40 if v2 else 5)
    for index, component in enumerate(top):
        kind = component.get("type")
        if kind == ROW:
            _row(form, (*path, index), component, ids)
        elif v2 and kind in _MESSAGE_V2:
            _nested(form, (*path, index), component, ids)
        else:
            kinds = _MESSAGE_V2 if v2 else (ROW,)
            form.wrong((*path, index, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {kinds}.')
    if v2:
        everything = list(walk(top))
        if len(everything) > 40:
            form.wrong(path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 40 in length.")
        if sum(len(str(each.get("content") or "")) for each in everything if each.get("type") == TEXT_DISPLAY) > 4000:
            form.wrong(path, "COMPONENT_MAX_TEXT_SIZE_EXCEEDED", "Text of all components exceeds 4000 characters.")


def _nested(form: Form, path: Path, component: Json, ids: set[str]) -> None:
    if component.get("type") == TEXT_DISPLAY:
        form.text((*path, "content"), component.get("content"), least=1, most=4000)
    for index, child in enumerate(component.get("components") or []):
        at = (*path, "components", index)
        if child.get("type") == ROW:
            _row(form, at, child, ids)
        else:
            _nested(form, at, child, ids)
    accessory = component.get("accessory")
    if isinstance(accessory, dict) and accessory.get("type") == BUTTON:
        _button(form, (*path, "accessory"), accessory, ids)


def _row(form: Form, path: Path, row: Json, ids: set[str]) -> None:
    path = (*path, "components")
    children = form.items(path, row.get("components"), least=1, most=5)
    for index, child in enumerate(children):
        kind = child.get("type")
        if kind == BUTTON:
            _button(form, (*path, index), child, ids)
        elif kind in SELECTS:
            _select(form, (*path, index), child, ids)
            if len(children) > 1:
                form.wrong(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select menu fills its row.")
        else:
            choices = (BUTTON, *SELECTS)
            form.wrong((*path, index, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {choices}.')


def _custom_id(form: Form, path: Path, component: Json, ids: set[str]) -> None:
    custom_id = form.text((*path, "custom_id"), component.get("custom_id"), least=1, most=100)
    if custom_id and custom_id in ids:
        text = "Component custom id cannot be duplicated"
        form.wrong((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", text)
    ids.add(custom_id)


def _button(form: Form, path: Path, button: Json, ids: set[str]) -> None:
    style = form.number((*path, "style"), button.get("style", 0), 1, 6)
    label = form.text((*path, "label"), button.get("label"), most=80)
    if style == PREMIUM:
        return
    if not label and not button.get("emoji"):
        form.wrong(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji.")
    if style == LINK:
        if not button.get("url"):
            form.wrong((*path, "url"), "BASE_TYPE_REQUIRED", "A url is required")
        form.url((*path, "url"), button.get("url"), schemes=("http", "https", "discord"), most=512)
        if button.get("custom_id"):
            form.wrong(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
        return
    if button.get("url"):
        form.wrong((*path, "url"), "BUTTON_COMPONENT_URL_WITHOUT_LINK_STYLE", "Only link buttons may have a url")
    _custom_id(form, path, button, ids)


def _select(form: Form, path: Path, select: Json, ids: set[str]) -> None:
    _custom_id(form, path, select, ids)
    form.text((*path, "placeholder"), select.get("placeholder"), most=150)
    least = form.number((*path, "min_values"), select.get("min_values", 1), 0, 25)
    most = form.number((*path, "max_values"), select.get("max_values", 1), 1, 25)
    if least is not None and most is not None and least > most:
        form.wrong((*path, "min_values"), "NUMBER_TYPE_RANGE", "min_values must not exceed max_values.")
    if select.get("type") != TEXT_SELECT:
        return
    options = form.items((*path, "options"), select.get("options"), least=1, most=25)
    if most is not None and options and most > len(options):
        form.wrong((*path, "max_values"), "NUMBER_TYPE_RANGE", f"int value should be between 1 and {len(options)}.")
    values: set[str] = set()
    for index, option in enumerate(options):
        at = (*path, "options", index)
        form.text((*at, "label"), option.get("label"), least=1, most=100)
        form.text((*at, "description"), option.get("description"), most=100)
        chosen = form.text((*at, "value"), option.get("value"), least=1, most=100)
        if chosen in values:
            form.wrong(
                (*at, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        values.add(chosen)
    if most is not None and sum(bool(option.get("default")) for option in options) > most:
        form.wrong((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More defaults than max_values.")


def check_modal(form: Form, data: Json) -> None:
    form.text(("title",), data.get("title"), least=1, most=45)
    form.text(("custom_id",), data.get("custom_id"), least=1, most=100)
    ids: set[str] = set()
    for index, component in enumerate(form.items(("components",), data.get("components"), least=1, most=5)):
        path: Path = ("components", index)
        kind = component.get("type")
        if kind == ROW:
            children = form.items((*path, "components"), component.get("components"), least=1, most=1)
            for child in children:
                _text_input(form, (*path, "components", 0), child, ids, labelled=False)
        elif kind == LABEL:
            form.text((*path, "label"), component.get("label"), least=1, most=45)
            form.text((*path, "description"), component.get("description"), most=100)
            inner = component.get("component") or {}
            if inner.get("type") in SELECTS:
                _select(form, (*path, "component"), inner, ids)
            elif inner.get("type") in (RADIO_GROUP, CHECKBOX_GROUP):
                _group(form, (*path, "component"), inner, ids)
            else:
                _text_input(form, (*path, "component"), inner, ids, labelled=True)
        elif kind == TEXT_DISPLAY:
            form.text((*path, "content"), component.get("content"), least=1, most=4000)
        else:
            choices = (ROW, TEXT_DISPLAY, LABEL)
            form.wrong((*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {choices}.')


def _group(form: Form, path: Path, group: Json, ids: set[str]) -> None:
    _custom_id(form, path, group, ids)
    single = group.get("type") == RADIO_GROUP
    options = form.items((*path, "options"), group.get("options"), least=2 if single else 1, most=10)
    values = [form.text((*path, "options"), each.get("value"), least=1, most=100) for each in options]
    if len({*values}) < len(values):
        form.wrong((*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "An option value is already used")
    if sum(bool(each.get("default")) for each in options) > (1 if single else group.get("max_values") or len(options)):
        form.wrong((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More defaults than can be chosen.")
    if group.get("required", True) and group.get("min_values") == 0:
        form.wrong((*path, "min_values"), "NUMBER_TYPE_RANGE", "What is required has at least one value.")


def _text_input(form: Form, path: Path, field: Json, ids: set[str], *, labelled: bool) -> None:
    if field.get("type") != TEXT_INPUT:
        form.wrong((*path, "type"), "BASE_TYPE_CHOICES", f"Value must be one of ({TEXT_INPUT},).")
        return
    _custom_id(form, path, field, ids)
    form.number((*path, "style"), field.get("style", 0), 1, 2)
    if labelled and field.get("label"):
        form.wrong((*path, "label"), "COMPONENT_LABEL_NOT_ALLOWED", "A text input in a label has no label of its own.")
    elif not labelled:
        form.text((*path, "label"), field.get("label"), least=1, most=45)
    form.number((*path, "min_length"), field.get("min_length"), 0, 4000)
    form.number((*path, "max_length"), field.get("max_length"), 1, 4000)
    form.text((*path, "placeholder"), field.get("placeholder"), most=100)
    form.text((*path, "value"), field.get("value"), most=4000)
