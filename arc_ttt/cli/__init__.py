"""The command line: the only code that prints or exits."""

BEFORE = "stopped before anything was begun; what was finished earlier is kept\n"
"""What Ctrl-C is answered with while there is nothing to go on with."""
