"""What the bot may do in a channel, as far as the gateway tells."""

import discord
from discord.abc import GuildChannel

from bot.domain.subscriptions import Address


def permissions(client: discord.Client, address: Address) -> discord.Permissions | None:
    """The bot's rights in a server's channel or thread; None if the client doesn't know it, or isn't informed yet."""
    channel = client.get_channel(int(address.id))
    if not isinstance(channel, GuildChannel | discord.Thread) or not client.user:
        return None
    me = channel.guild.get_member(client.user.id)
    if me is None:  # the server is out of order
        return None
    try:
        rights = channel.permissions_for(me)
    except discord.ClientException:  # a thread whose channel is hidden
        return None
    if isinstance(channel, discord.Thread):
        rights.send_messages = rights.send_messages_in_threads
    return rights


def missing_rights(rights: discord.Permissions) -> tuple[str, ...]:
    """The names of what is lacking for posts; what a missing right takes away with it is not named again."""
    if not rights.read_messages:
        return ("rights.discord.view",)
    sending = (
        (rights.send_messages, "rights.discord.send"),
        (rights.embed_links or not rights.send_messages, "rights.discord.embed"),
        (rights.read_message_history, "rights.discord.history"),
    )
    return tuple(name for given, name in sending if not given)


def ping_trouble(
    client: discord.Client, address: Address, role_id: str, server: discord.Guild | None = None
) -> str | None:
    """The name of the phrase for why a role can't be pinged in a channel. `server` is that of a channel of which the
    client doesn't know."""
    channel = client.get_channel(int(address.id))
    guild = channel.guild if isinstance(channel, GuildChannel | discord.Thread) else server
    role = guild.get_role(int(role_id)) if guild and role_id.isdecimal() else None
    if role is None:
        return "pings.gone"
    if role.is_default():
        return "pings.everybody"
    if role.managed:
        return "pings.managed"
    rights = permissions(client, address)
    return None if role.mentionable or rights is None or rights.mention_everyone else "pings.not_mentionable"
