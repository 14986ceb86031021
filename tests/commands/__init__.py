"""What members ask, and the replies they get."""
