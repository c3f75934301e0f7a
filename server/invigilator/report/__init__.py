"""What a report is: its sections, questions, limits and counts."""
