"""A lecture as it is shown, in answers and in posts alike."""
