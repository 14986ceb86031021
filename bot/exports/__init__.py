"""The schedule as others take it in: the organizers' page, a mailing list, programs."""
