"""Messages ready to be sent: what was made of a reply is kept as long as the desk is likely to give it again."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

import orjson

from bot.commands.replies import Reply
from bot.domain.language import Language
from bot.platforms.slack.rendering import payload
from bot.platforms.slack.spoken import Spelling

_MOST_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Message:
    """A message as arguments of the Web API and, ready to be written, as JSON."""

    arguments: dict[str, Any]
    json: str

    @classmethod
    def of(cls, arguments: dict[str, Any]) -> "Message":
        """The message with these arguments."""
        return cls(arguments, orjson.dumps(arguments).decode())


class Messages:
    """The messages that show replies. A reply is known again by its identity, which the desk keeps."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling: Final = spelling
        self._kept: Final[OrderedDict[tuple[int, Language, bool], tuple[Reply, Message]]] = OrderedDict()

    def showing(self, reply: Reply, language: Language, *, private: bool) -> Message:
        """The message that shows this reply."""
        key = (id(reply), language, private)
        kept = self._kept.get(key)
        if kept:
            self._kept.move_to_end(key)
            return kept[1]
        message = Message.of(payload(self._spelling.spelled(reply), language, private))
        self._kept[key] = (reply, message)  # holding the reply keeps its id from being given to another
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return message
