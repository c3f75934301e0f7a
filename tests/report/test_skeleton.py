"""The blocks read from a text's skeleton are those of the text itself."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invigilator.report.markdown.blocks import may_define, read_blocks, skeleton

PIECES = st.sampled_from(
    """
word
two words
*em*
**b**
_u_
13 tests
1986 was
2. two
1) one
- item
* item
+ item
> quote
>
>\t
`code`
```
```py
~~~
---
===
- - -
***
# h
## h ##
#no
<div>
</div>
<!-- c
-->
<br>
<pre>
</pre>
<?
?>
[a](b)
![a](b)
[x]
- [ ] box
\\
&amp;
ünï
😀
\u00a0
(paren)
x > y
5
.
| a | b |
|--|--|
a | b
-|-
\"quote\"
""".strip("\n").split("\n")
)
PREFIXES = st.sampled_from(
    ["", "", "", " ", "  ", "   ", "    ", "\t", "> ", ">", ">> ", "  - ", "1. ", ">     ", "-     "]
)
LINES = st.lists(
    st.one_of(
        st.just(""),
        st.just("   "),
        st.builds(lambda a, b, c: a + b + c, PREFIXES, PIECES, st.one_of(st.just(""), PIECES)),
    ),
    max_size=14,
)


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_same_blocks(lines: list[str]) -> None:
    text = "\n".join(lines)
    if may_define(text):
        return
    assert read_blocks(tuple(map(skeleton, lines, count()))) == read_blocks(tuple(lines))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("We used three models.", "x7"),
        ("   > *In total* there are", "   > x7"),
        ("- an item", "- x7"),
        ("2024 was good", "x7"),
        ("2. two", "2. x7"),
        ("a > b", "a > b"),
        ("| a | b |", "| a | b |"),
        ("```python", "```python"),
        ("`code` first", "x7"),
        ("---", "---"),
        ("<div>", "<div>"),
        ("😀 and text", "x7"),
        ("", ""),
    ],
)
def test_what_is_plain(line: str, expected: str) -> None:
    assert skeleton(line, 7) == expected
