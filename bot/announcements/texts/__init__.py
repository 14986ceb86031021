"""Everything the bot posts, in words."""
