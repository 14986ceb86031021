"""The terminal as a platform: the same answers as in a chat, drawn with rich, typed with prompt_toolkit."""
