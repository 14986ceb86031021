"""What is typed to answer a question in the chat: `y`, `n`, the number of what is offered, or its label."""

from typing import Final

from bot.commands.context import Reply, ReplyStatus
from bot.commands.registry import ADMIN, CONFIRM
from bot.domain.message import Action, Message
from bot.domain.text import folded, without_end_marks

_DISCARD: Final = f"{ADMIN} discard"
_WORDS: Final = {
    **dict.fromkeys(("y", "yes", "はい"), "y"),
    **dict.fromkeys(("n", "no", "いいえ"), "n"),
}


def answer_keys(message: Message) -> dict[str, Action]:
    """The actions below a question by their keys: `y` confirms, `n` discards, the others are numbered.

    Empty for what is no question, and for a question whose choices are numbered already.
    """
    is_confirmation = any(action.line.startswith(f"{CONFIRM} ") for action in message.actions)
    is_doubt = isinstance(message, Reply) and message.outcome is ReplyStatus.MISUNDERSTOOD
    if message.choice or not (is_confirmation or is_doubt):
        return {}
    keys: dict[str, Action] = {}
    for action in message.actions:
        if action.line.startswith(f"{CONFIRM} ") and "y" not in keys:
            keys["y"] = action
        elif action.line.startswith(_DISCARD):
            keys["n"] = action
        else:
            keys[str(len(keys.keys() - {"y", "n"}) + 1)] = action
    return keys


def is_refusal(typed: str) -> bool:
    """Whether it is a word for no."""
    return _WORDS.get(folded(without_end_marks(typed))) == "n"


def action_meant(keys: dict[str, Action], typed: str) -> Action | None:
    """The action that somebody typed by its key, by another word for yes or no, or by its label."""
    word = folded(without_end_marks(typed))
    labelled = (action for action in keys.values() if folded(action.label) == word)
    return keys.get(_WORDS.get(word, word)) or next(labelled, None)
