"""What can be wrong with a report: one family a file, one rule a function."""
