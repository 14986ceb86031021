"""Requests in which something is of another form than Slack documents: one line of the log each, and nothing else."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import structlog

from bot.platforms.slack.shape import misshapen
from tests.platforms.slack.conftest import Start
from tests.standins.slack import SlackStandIn
from tests.standins.slack.delivery import NotAcknowledgedError

ODD: tuple[object, ...] = ([], {"a": {}}, 7, "\0", "")
Path = tuple[str | int, ...]


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where something stands in a payload, the whole of it first."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inner:
        yield from paths(held, (*path, key))


def put(payload: Any, path: Path, odd: object) -> Any:
    """The payload with something odd in that place."""
    if not path:
        return odd
    changed = json.loads(json.dumps(payload))
    *way, last = path
    place = changed
    for key in way:
        place = place[key]
    place[last] = odd
    return changed


async def sent_by(slack: SlackStandIn, transport: Any) -> list[tuple[str, Any]]:
    """One payload of each kind, as it is sent."""
    payloads: list[tuple[str, Any]] = []
    send = transport.send

    async def noted(kind: str, payload: Any, **more: Any) -> Any:
        payloads.append((kind, json.loads(json.dumps(payload))))
        return await send(kind, payload, **more)

    transport.send = noted
    answer = await (await slack.command("/lectures")).seen()
    await slack.click(answer, value="lectures")
    await slack.mention("next")
    await slack.direct_message("next")
    await slack.open_home()
    await slack.shortcut("next")
    transport.send = send
    return payloads


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_odd_requests_are_told_in_one_line_and_disturb_nothing(
    slack: SlackStandIn, started: Start, mode: str
) -> None:
    bot = await started(mode)
    transport = slack.socket if mode == "socket" else slack.http
    payloads = await sent_by(slack, transport)
    assert len(payloads) == 6
    tried = 0
    with structlog.testing.capture_logs() as logged:
        for kind, payload in payloads:
            for number, path in enumerate(paths(payload)):
                odd = put(payload, path, ODD[number % len(ODD)])
                if isinstance(odd, dict):
                    tried += 1
                    with suppress(NotAcknowledgedError):
                        await transport.send(kind, odd, retry=None, within=0.2, accepts=True)
    refused = [each for each in logged if each["event"] == "slack.request_misshapen"]
    assert tried > len(refused) > tried / 4
    assert [each for each in logged if each["log_level"] == "error" or "exc_info" in each] == []
    assert bot.platform.health.connected
    assert (await (await slack.command("/next")).seen()).text


@pytest.mark.parametrize(
    "body", ["", "\0", "[]", "null", "7", "payload=", "payload=[]", "payload=%00", "command=%00", "{"]
)
@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
async def test_what_is_no_request_at_all_is_refused(
    slack: SlackStandIn, started: Start, body: str, content_type: str
) -> None:
    await started("http")
    with structlog.testing.capture_logs() as logged:
        answer = await slack.http.post(body, content_type)
    assert answer.status in (200, 400)
    assert {each["event"] for each in logged} <= {"slack.request_misshapen"}


@pytest.mark.parametrize("body", [{}, {"type": "url_verification", "challenge": "x"}, {"ssl_check": "1"}])
def test_what_slack_asks_of_an_address_is_well_formed(body: object) -> None:
    assert misshapen(body) is None
