"""The command line: which reports, what is printed, and with which code it ends."""
