"""A report's figures: what points to one, which are used, where one goes, how it is linked and called."""
