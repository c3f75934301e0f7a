"""Invigilator: checks a templated Markdown report as it is written."""

__version__ = "0.1.0"
