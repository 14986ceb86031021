"""Discord's numbers. Lengths are counted in UTF-16 code units, though the API counts code points (api-docs#1315)."""

CONTENT = 2000
"""Text of a message: message resource, create message."""

EMBEDS = 10
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FOOTER = 2048
EMBEDS_TOGETHER = 6000
"""Titles, descriptions, footers of all embeds of a message: message resource, embed limits."""

ROWS = 5
"""Action rows of a message: component reference, action row; a select takes a row of its own."""
BUTTONS_IN_ROW = 5
BUTTON_LABEL = 80
"""Component reference, button."""
CUSTOM_ID = 100
"""Component reference, anatomy of a component."""
BUTTON_URL = 512
"""Component reference, button: maximum of `url`."""

COMPONENTS = 40
COMPONENTS_TEXT = 4000
"""Component reference, Components V2: components of a message, nested ones included, and the text in all of them."""

OPTIONS = 25
OPTION_LABEL = 100
OPTION_VALUE = 100
OPTION_DESCRIPTION = 100
PLACEHOLDER = 150
"""Component reference, string select."""

MODAL_TITLE = 45
MODAL_COMPONENTS = 5
LABEL = 45
LABEL_DESCRIPTION = 100
TEXT_INPUT = 4000
CHECKBOXES = 10
"""Component reference, label, text input, checkbox group and radio group; interactions, modal."""

SUGGESTIONS = 25
SUGGESTION_NAME = 100
SUGGESTION_VALUE = 100
"""Interactions, autocomplete: choices of an option."""

COMMAND_DESCRIPTION = 100
"""Application commands, description of a command and of an option."""

EVENTS = 100
EVENT_NAME = 100
EVENT_DESCRIPTION = 1000
EVENT_LOCATION = 100
"""Guild scheduled event: uncompleted ones of a server, and the lengths of their fields."""
