"""What organizers type as a field's value."""
