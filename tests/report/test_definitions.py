"""Where link reference definitions stand. The path as written is drawn."""

from __future__ import annotations

import pytest

from drawn import drawn, redrawn
from invigilator.report.markdown import read_markdown


@pytest.mark.parametrize(
    "picture",
    [
        """
        [a]: figures/x.png
             ^^^^^^^^^^^^^ a
        """,
        """
        [A  b]: <fig ures/x.png> 'title'
                 ^^^^^^^^^^^^^^ a b
        [c]: y.png "a
             ^^^^^ c
        title"
        [d]:
          z.png
          ^^^^^ d
        """,
        """
        > [q]: x.png
               ^^^^^ q
        > > [r]:
        > >   y.png
              ^^^^^ r
        """,
        """
        - one

          [l]: x.png
               ^^^^^ l
        -
          [m]: y.png
               ^^^^^ m
        1. > [n]: z.png
                  ^^^^^ n
        """,
        """
        - one

        →[t]: x.png
              ^^^^^ t
        """,
        """
        [twice]: x.png
                 ^^^^^ twice
        [twice]: y.png
                 ^^^^^ twice
        """,
        """
        text
        [no]: x.png

        ```
        [no]: x.png
        ```

            [no]: x.png

        [no] : x.png

        [no]: x.png y.png
        """,
        """
        [a]: x.png␍
             ^^^^^ a
        [b]: <y.png>␍
              ^^^^^ b
        """,
    ],
)
def test_where_they_stand(picture: str) -> None:
    text, ranges, _ = drawn(picture)
    markdown = read_markdown(text)
    found = redrawn(text, [(each.destination, each.label) for each in markdown.defined])
    assert found == redrawn(text, ranges), found
    assert dict(reversed([(each.label, each.target) for each in markdown.defined])) == dict(markdown.definitions)


def test_span_and_target() -> None:
    text = "words\n\n> [a]: <x\\_y&amp;z%20.png> 'title'\n"
    (definition,) = read_markdown(text).defined
    assert text[slice(*definition.span)] == "[a]: <x\\_y&amp;z%20.png"
    assert definition.target == "x_y&z%20.png"
