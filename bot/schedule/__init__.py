"""The schedule as it is kept in lectures.yaml: read, checked, watched while the bot runs, written as a calendar."""
