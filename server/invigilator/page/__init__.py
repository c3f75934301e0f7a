"""The readable page: a report as one HTML file that needs and loads nothing else.

It runs no script. What of the report's text reaches it as HTML is written in `report/markdown/render.py`.
"""

from __future__ import annotations

from invigilator.page.document import Page, make_page
from invigilator.page.figures import ReadPicture

__all__ = ["Page", "ReadPicture", "make_page"]
