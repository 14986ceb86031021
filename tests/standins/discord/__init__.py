"""Discord on loopback: gateway and REST over real sockets, refusing what the real one refuses."""

from .answer import Answer, NoAnswerError
from .faults import Delay, Drop, Hold, LoseAnswer, Refuse, Status, TooMany
from .interactions import HOME, Interactions
from .mentions import Pinged
from .messages import Message
from .options import NotOfferedError
from .refusals import RefusalError
from .rights import Right
from .server import DiscordStandIn
from .world import Channel, Guild, Role, User

__all__ = [
    "HOME",
    "Answer",
    "Channel",
    "Delay",
    "DiscordStandIn",
    "Drop",
    "Guild",
    "Hold",
    "Interactions",
    "LoseAnswer",
    "Message",
    "NoAnswerError",
    "NotOfferedError",
    "Pinged",
    "RefusalError",
    "Refuse",
    "Right",
    "Role",
    "Status",
    "TooMany",
    "User",
]
