"""What the bot says by itself: which posts are due when, and what they say."""
