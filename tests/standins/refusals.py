"""What slack_sdk reports when the stand-in refuses a call."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refusal(call: Awaitable[Any]) -> Any:
    """The body of the refusal that `call` must end with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response.data
