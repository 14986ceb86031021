"""A stand-in for Slack on loopback, against which the real slack-bolt and slack_sdk run."""

from .delivery import Answer, Redelivery
from .faults import Delay, Drop, Error, Hold, LoseAnswer, Status
from .http_mode import Forgery, HttpResult
from .server import SlackStandIn
from .state import ALL_SCOPES, Channel, File, Message, User, UserGroup, View

__all__ = [
    "ALL_SCOPES",
    "Answer",
    "Channel",
    "Delay",
    "Drop",
    "Error",
    "File",
    "Forgery",
    "Hold",
    "HttpResult",
    "LoseAnswer",
    "Message",
    "Redelivery",
    "SlackStandIn",
    "Status",
    "User",
    "UserGroup",
    "View",
]
