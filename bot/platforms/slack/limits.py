"""Slack's numbers. A text that is longer is cut, a list that is longer is divided or cut, before Slack refuses it."""

from typing import Final

# Block Kit reference, docs.slack.dev/reference/block-kit
MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
HEADER: Final = 150
SECTION: Final = 3000
FIELD: Final = 2000
FIELDS: Final = 10
CONTEXT: Final = 3000
BUTTON: Final = 75
BUTTON_VALUE: Final = 2000
ACTIONS: Final = 25
PLACEHOLDER: Final = 150
OPTION: Final = 75
OPTION_VALUE: Final = 150
OPTIONS: Final = 100
URL: Final = 3000
MODAL_TITLE: Final = 24
CALLBACK_ID: Final = 255
LABEL: Final = 2000
TEXT_INPUT: Final = 3000

MESSAGE: Final = 9_500
"""Characters of a whole message. Undocumented: about 13,200 fail with `msg_blocks_too_long` (bolt-js#2509)."""

SUMMARY: Final = 3000
"""The top-level text, which notifications show; 4,000 is Slack's advice (chat.postMessage) and chat.update's limit."""

FRAME: Final = 20_480
"""Bytes of a Socket Mode frame. Undocumented: a longer one closes the socket with code 1009 (revelrylabs/slax#614,
slack-go#1196); the answer is lost."""

ANSWER: Final = FRAME - 512
"""Bytes of an answer that a frame holds together with its envelope."""

# App manifest reference, docs.slack.dev/reference/app-manifest
APP_DESCRIPTION: Final = 140
COMMAND: Final = 32
COMMAND_DESCRIPTION: Final = 2000
USAGE_HINT: Final = 1000
SHORTCUT: Final = 24
SHORTCUT_DESCRIPTION: Final = 150
