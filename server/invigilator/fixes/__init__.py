"""How findings are mended: a finding and the text it stands in come in, edits of the text go out.

One family a file, one kind of finding a function, and `registry.py` names them all. Fixes are made when somebody asks.
"""

from __future__ import annotations

from invigilator.fixes.edits import apply, together
from invigilator.fixes.mending import mend, safe_fixes
from invigilator.fixes.registry import fixes_of

__all__ = ["apply", "fixes_of", "mend", "safe_fixes", "together"]
