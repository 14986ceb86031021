"""How long things take and how often they are looked at, in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timings:
    """The waits of a connection to Slack, in seconds; tests shorten them."""

    ping: float = 3.0
    first_wait: float = 0.5
    """After the first attempt that fails; it doubles with each further one."""
    longest_wait: float = 60.0
    """Between attempts to get through at the start."""
    longest_reconnect: float = 2.0
    """Between attempts to connect again: members are waiting. Slack says so itself if that is too often."""
    settled: float = 5.0
    """A connection that ends sooner is followed by a new one only after a wait."""
    farewell: float = 30.0
    """For how long Slack gets to close an old connection once there is a new one. If we did so, what was being sent
    over it would be lost."""
    token_check: float = 30.0
    """How often the bot token is tried, and asked what it may do."""
    doubted_token: float = 20.0
    """Until a token that was refused is tried again: twice within a minute before it is told."""
    refused_token: float = 300.0
    """How often a token that counts as revoked is tried."""
    home_check: float = 30.0
    """How often is looked whether homes that people may be looking at are still true."""
