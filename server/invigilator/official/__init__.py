"""The course's own script: what its limits are, and what its check says."""
