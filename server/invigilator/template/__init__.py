"""The original template: its questions as values, and how a report differs from it."""
