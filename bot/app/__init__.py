"""The compositions: what each command of the command line is made of."""
