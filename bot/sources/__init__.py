"""What organizers keep elsewhere, read, compared with the schedule and taken over."""
