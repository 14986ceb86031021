"""lecturebot: a lecture series that answers questions in chat."""
