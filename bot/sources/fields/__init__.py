"""From labelled statements to the fields of a lecture, whatever they were written in."""
