"""The organizers' Markdown page: what it states, and how that differs from the schedule."""
