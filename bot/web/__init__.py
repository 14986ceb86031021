"""What is served over HTTP: health, metrics, the calendar feed, and Slack's requests."""
