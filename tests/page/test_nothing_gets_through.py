"""Whatever is written, the page holds the elements, attributes and addresses that a page may hold, each closed."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from page.making import page_of
from page.reading import check
from reports import question, report

_PIECES = st.sampled_from(
    [
        *"<>\"'&/=!()[]{}*_`~#|\\-:;.?%\n\t\0 ",
        *(
            "\n\n",
            "\n> ",
            "\n- ",
            "\n1. ",
            "\n    ",
            "\n```\n",
            "\n---\n",
            "\n|a|b|\n|-|-|\n|",
            "\n### ",
            "\n# ",
            "  \n",
        ),
        *(
            "<img ",
            "<img src=",
            "<br>",
            "</br>",
            "<details>",
            "<details open ",
            "</details>",
            "<summary>",
            "</summary>",
        ),
        *(
            "<sub>",
            "</sub>",
            "<sup",
            "</sup >",
            "<script>",
            "</script>",
            "<style>",
            "<svg/onload=",
            "<iframe src=",
            "<a href=",
        ),
        *(
            "<p>",
            "</p>",
            "</section>",
            "</main>",
            "<base href=//x>",
            "<meta ",
            "<title>",
            "</title>",
            "<textarea>",
            "<plaintext>",
        ),
        *("<!--", "-->", "--!>", "<!", "<?", "?>", "<![CDATA[", "]]>", "<!-->", "</", "/>", "< "),
        *("src=", "alt=", "width=", "height=9", "title=", "onerror=", "style=", "href=", "open", "class=x", "id=y"),
        *(
            "javascript:",
            "JaVa\tScript:",
            "data:text/html,",
            "data:image/png;base64,AAAA",
            "vbscript:",
            "https://x.org/",
            "//x.org",
        ),
        *("mailto:a@b.c", "<a@b.c>", "<https://x.org>", "<x:y>", "www.x.org", "#question-1", "file:///", "http://"),
        *(
            "![",
            "](",
            "![a](figures/dot.png)",
            "[b](c)",
            "[x]: javascript:alert(1)\n",
            "[x]",
            "![x]",
            "figures/dot.png",
            "[ ] ",
        ),
        *(
            "&lt;",
            "&#60;",
            "&#x3c;",
            "&quot;",
            "&colon;",
            "&NewLine;",
            "&amp;lt;",
            "&#0;",
            "\\<",
            '\\"',
            "alert(1)",
            "ø",
            "\u202e",
            "\ufeff",
        ),
    ]
)
_TEXT = st.one_of(st.lists(_PIECES, max_size=30).map("".join), st.text(max_size=80))


@settings(max_examples=400, deadline=None)
@given(_TEXT, _TEXT, _TEXT)
@example("", "<details><summary>\n\n</details>", "<details>\n\n> </details>\n\n</summary>")
@example("", "<img src=\"figures/dot.png\" alt='<!--'>-->", "</section></main></body><script>alert(1)</script>")
@example("---\na: </pre><script>\n---\n", "<sub><b></sub>", "[![](javascript:x)](javascript:y)")
def test_any_text(head: str, first: str, second: str) -> None:
    text = report(question(1, f"x {first}"), question(2, f"\n{second}"), head=f"{head}\n\n")

    html = page_of(text).html

    check(html)
    assert html.count("<style>") == html.count("</main>") == html.count("<title>") == 1
