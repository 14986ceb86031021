"""What Discord's refusals mean for a post."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.announcements.poster import NotSent, Refusal, Refused, Unknown
from bot.platforms.discord.exchange import Answer

UNKNOWN_MESSAGE: Final = 10008

_BY_CODE: Final[Mapping[int, Refusal]] = MappingProxyType(
    {
        50007: Refusal.CLOSED,  # the person's settings, or a block
        50278: Refusal.CLOSED,  # no server in common any more
        50033: Refusal.GONE,  # no such recipient of direct messages
        UNKNOWN_MESSAGE: Refusal.MESSAGE,
        50083: Refusal.RIGHTS,  # the thread is archived, and locked
    }
)
"""Discord's own codes where they say more than the HTTP status."""

_BY_STATUS: Final[Mapping[int, Refusal]] = MappingProxyType(
    {401: Refusal.CREDENTIALS, 403: Refusal.RIGHTS, 404: Refusal.GONE, 410: Refusal.GONE}
)
_REQUEST_TIMEOUT = 408
_LONGEST_DETAIL = 200


def failure(answer: Answer) -> Refused | Unknown:
    """The outcome of a request that Discord answered with anything but success or a rate limit.

    An error of a server, 503 too, may come from a proxy that lost the connection after the request was passed on.
    """
    if not 400 <= answer.status < 500 or answer.status == _REQUEST_TIMEOUT:
        return Unknown(detail(answer))
    why = _BY_CODE.get(code(answer)) or _BY_STATUS.get(answer.status, Refusal.CONTENT)
    return Refused(why, detail(answer))


def detail(answer: Answer | NotSent | Unknown) -> str:
    """What came of a request, in a few words: of the message that was sent only the places of its errors."""
    if not isinstance(answer, Answer):
        return answer.detail
    body = answer.body if isinstance(answer.body, dict) else {}
    wrong = ", ".join(_places(body.get("errors"), ""))
    words = [str(answer.status), str(code(answer) or ""), str(body.get("message", "")), f"({wrong})" if wrong else ""]
    return " ".join(word for word in words if word)[:_LONGEST_DETAIL]


def code(answer: Answer) -> int:
    """Discord's own code for what went wrong, 0 if it names none."""
    found = answer.body.get("code") if isinstance(answer.body, dict) else None
    return found if isinstance(found, int) else 0


def _places(errors: Any, path: str) -> Iterator[str]:
    """Where the errors of an invalid form are, and their names: `embeds.0.title BASE_TYPE_MAX_LENGTH`."""
    if not isinstance(errors, dict):
        return
    for name, inner in errors.items():
        if name == "_errors" and isinstance(inner, list):
            names = [str(each.get("code", "")) for each in inner if isinstance(each, dict)]
            yield " ".join([path.lstrip("."), *names])
        else:
            yield from _places(inner, f"{path}.{name}")
