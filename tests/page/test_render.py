"""Markdown to HTML: what GitHub shows, less all that acts."""

from __future__ import annotations

import threading

import pytest

from invigilator.report.markdown import Definitions, Unreadable, read_markdown
from invigilator.report.markdown.render import Picture, render_markdown
from page.reading import check


def draw(picture: Picture) -> str:
    """A picture as its facts."""
    parts = [picture.target, picture.alt, picture.title, picture.width, picture.height]
    return f"[{'|'.join(part or '' for part in parts)}{' linked' if picture.is_linked else ''}]"


def html(text: str, definitions: Definitions = ()) -> str:
    rendered = render_markdown(text, definitions, draw).html
    check(rendered, is_part=True)
    return rendered


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("One\ntwo  \nthree\\\nfour", "<p>One\ntwo<br>\nthree<br>\nfour</p>"),
        ("*a* **b** ~~c~~ `d<`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d&lt;</code></p>"),
        ("5 < 6 & \"7\" &lt; '8' &copy;", "<p>5 &lt; 6 &amp; &quot;7&quot; &lt; &#x27;8&#x27; ©</p>"),
        ("# A *b*\n## C", "<h1>A <em>b</em></h1>\n<h2>C</h2>"),
        ("> a\n>\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n\n- b", "<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>"),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ul>"),
        ('```py"x\na < b\n```', "<pre><code>a &lt; b\n</code></pre>"),
        ("    <b>", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("***", "<hr>"),
        ("a\r\nb\rc", "<p>a\nb\nc</p>"),
        ("a\0b", "<p>a\ufffdb</p>"),
    ],
)
def test_common_mark(text: str, shown: str) -> None:
    assert html(text) == shown


def test_a_table_has_the_columns_of_its_head() -> None:
    assert html("|a|b|c|\n|:-|-:|:-:|\n|1|2|3|4|\n|5|").replace("\n", "") == (
        '<div class="wide"><table><thead><tr><th scope="col">a</th><th scope="col" class="right">b</th>'
        '<th scope="col" class="middle">c</th></tr></thead><tbody><tr><td>1</td><td class="right">2</td>'
        '<td class="middle">3</td></tr><tr><td>5</td><td class="right"></td><td class="middle"></td></tr>'
        "</tbody></table></div>"
    )


def test_tasks_have_boxes() -> None:
    shown = html("- [x] *a*\n- [ ] b\n- [X]  c\n- [y] d\n- [x]e\n- `[x] f`")

    assert shown.count('<span role="img" aria-label="done">☑</span> ') == 2
    assert shown.count('<span role="img" aria-label="to do">☐</span> ') == 1
    assert "<li>[y] d</li>\n<li>[x]e</li>\n<li><code>[x] f</code></li>" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](https://x.org/b?c=d&e=f)", '<a href="https://x.org/b?c=d&amp;e=f" rel="noreferrer">a</a>'),
        (
            '[a](http://x.org "Hi \\"you\\"")',
            '<a href="http://x.org" title="Hi &quot;you&quot;" rel="noreferrer">a</a>',
        ),
        ("[a](MAILTO:me@x.org)", '<a href="MAILTO:me@x.org" rel="noreferrer">a</a>'),
        ("[a](<https://x.org/ø b>)", '<a href="https://x.org/%C3%B8%20b" rel="noreferrer">a</a>'),
        ("[a](#question-14)", '<a href="#question-14" rel="noreferrer">a</a>'),
        ("<https://x.org>", '<a href="https://x.org" rel="noreferrer">https://x.org</a>'),
        ("<me@x.org>", '<a href="mailto:me@x.org" rel="noreferrer">me@x.org</a>'),
        # addresses by themselves, less what belongs to the sentence
        ("at https://x.org/a_b.", 'at <a href="https://x.org/a_b" rel="noreferrer">https://x.org/a_b</a>.'),
        ("(https://x.org/a(b))", '(<a href="https://x.org/a(b)" rel="noreferrer">https://x.org/a(b)</a>)'),
        ("https://", "https://"),
        ("[https://x.org](https://y.org)", '<a href="https://y.org" rel="noreferrer">https://x.org</a>'),
        # no links
        ("[a](figures/b%20c.png)", '<span class="path" title="figures/b c.png">a</span>'),
        ("[a]()", "a"),
        ("[a](#other)", "a"),
        ("[a](javascript:alert(1))", "a"),
        ("[a](JaVaScRiPt&colon;alert(1))", "a"),
        ("[a](java\\script:alert)", '<span class="path" title="java\\script:alert">a</span>'),
        ("[a](<java&#10;script:x>)", '<span class="path" title="java\\nscript:x">a</span>'),
        ("[a](&#1;javascript:x)", "a"),
        ("[a](vbscript:x)", "a"),
        ("[a](data:text/html,x)", "a"),
        ("[a](file:///etc/passwd)", "a"),
        ("[a](//x.org)", "a"),
        ("[a](https:x.org)", "a"),
        ("<javascript:alert(1)>", "&lt;javascript:alert(1)&gt;"),
        ("<key:value>", "&lt;key:value&gt;"),
    ],
)
def test_links(text: str, shown: str) -> None:
    assert html(text) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![a *b*\nc](d%20e.png)", "[d%20e.png|a b c|||]"),
        ('![a](<d e.png> "T")', "[d e.png|a|T||]"),
        ("![a <b>](d)", "[d|a|||]"),
        ("[![a](b.png)](https://x.org)", '<a href="https://x.org" rel="noreferrer">[b.png|a||| linked]</a>'),
        ("![a [l](x)](b)", "[b|a l|||]"),
        ("![a](with space.png)", "![a](with space.png)"),
        ('x <img src="b.png" alt="a &quot;q&quot;" width=50% height="20px">', 'x [b.png|a "q"||50%|20]'),
        ("x <IMG SRC=b.png onerror=alert(1)>", "x [b.png||||]"),
        ("x <img src='a.png' src='b.png'/>", "x [a.png||||]"),
        ("x <img>", "x [||||]"),
        ('x <img width="1e9" height="-1">', "x [||||]"),
    ],
)
def test_pictures(text: str, shown: str) -> None:
    assert html(text) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("H<sub>2</sub>O<br>x<sup>2</sup>", "<p>H<sub>2</sub>O<br>x<sup>2</sup></p>"),
        ('x<sub onclick="y" class=z>2</sub>', "<p>x<sub>2</sub></p>"),
        # closed where they were opened, whatever else is there
        ("a <sub>b", "<p>a <sub>b</sub></p>"),
        ("a</sub>", "<p>a&lt;/sub&gt;</p>"),
        ("*a <sub>b* c</sub>", "<p><em>a <sub>b</sub></em> c&lt;/sub&gt;</p>"),
        ("<sub>a<sup>b</sub>c</sup>", "<p><sub>a<sup>b</sup></sub>c&lt;/sup&gt;</p>"),
        ("a</br>", "<p>a&lt;/br&gt;</p>"),
        # text
        ("a <weblink> b", "<p>a &lt;weblink&gt; b</p>"),
        ("a <b onmouseover='x()'>b</b>", "<p>a &lt;b onmouseover=&#x27;x()&#x27;&gt;b&lt;/b&gt;</p>"),
        ("a <image src=x>", "<p>a &lt;image src=x&gt;</p>"),
        (
            "<script>alert('<img src=x>')</script>",
            '<p class="html">&lt;script&gt;alert(&#x27;&lt;img src=x&gt;&#x27;)&lt;/script&gt;</p>',
        ),
        ("<div>\n*a* &amp; b\n</div>", '<p class="html">&lt;div&gt;\n*a* &amp; b\n&lt;/div&gt;</p>'),
        ("<p align=center><img src=a></p>", '<p class="html">&lt;p align=center&gt;[a||||]&lt;/p&gt;</p>'),
        # comments are seen by nobody, unless nothing closes them
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("<!-- a\n\nb -->\n\nc", "\n<p>c</p>"),
        ("<!-- a\n\nb", '<p class="html">&lt;!-- a\n\nb</p>'),
        ("<?php x ?>", '<p class="html">&lt;?php x ?&gt;</p>'),
        ("<!DOCTYPE html>", '<p class="html">&lt;!DOCTYPE html&gt;</p>'),
        ("<![CDATA[ x ]]>", '<p class="html">&lt;![CDATA[ x ]]&gt;</p>'),
    ],
)
def test_html(text: str, shown: str) -> None:
    assert html(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "<details open>\n<summary>A &amp; <b></summary>\n\n*a*\n\n</details>\n\nb",
            "<details open>\n<summary>\nA &amp; &lt;b&gt;\n</summary>\n<p><em>a</em></p>\n</details>\n<p>b</p>",
        ),
        ("<details>\n\na", "<details>\n<p>a</p></details>"),
        (
            "> <details>\n\na\n\n</details>",
            '<blockquote>\n<details></details>\n</blockquote>\n<p>a</p>\n<p class="html">&lt;/details&gt;</p>',
        ),
        ("- <details>\n- a", "<ul>\n<li><details></details></li>\n<li>a</li>\n</ul>"),
        ("<summary>a</summary>", '<p class="html">&lt;summary&gt;a&lt;/summary&gt;</p>'),
        ("<details><summary>a\n\nb", "<details>\n<summary>\na\n<p>b</p></summary></details>"),
        ("a <details>b</details>", "<div>a <details>b</details></div>"),
    ],
)
def test_details_hold_the_blocks_that_follow(text: str, shown: str) -> None:
    assert html(text) == shown


def test_definitions_of_the_whole_report() -> None:
    assert html("[a] ![b][A]", (("a", "https://x.org"),)) == (
        '<p><a href="https://x.org" rel="noreferrer">a</a> [https://x.org|b|||]</p>'
    )
    assert html("[a]\n\n[a]: https://y.org", (("a", "https://x.org"),)).startswith('<p><a href="https://x.org"')
    assert html("[a]") == "<p>[a]</p>"


@pytest.mark.parametrize(
    ("text", "heading"),
    [("a\n\n> ## B `c` ![d](e)\n\n# F", "B c d"), ("Title\n===", "Title"), ("# \n\n## A", "A"), ("a", None)],
)
def test_the_first_heading(text: str, heading: str | None) -> None:
    assert render_markdown(text, (), draw).heading == heading


@pytest.mark.parametrize(
    "text",
    [
        "> " * 400 + "a",
        "*a " * 500 + "b" + "*" * 500,
        "[a] " * 3_001,
        "*a" * 20_001,
        "[a](b) " * 301,
        "a\n" * 10_001,
    ],
)
def test_what_cannot_be_read(text: str) -> None:
    before = read_markdown("Title\n---\n\n<!-- a --> `b`")

    with pytest.raises(Unreadable):
        render_markdown(text, (), draw)

    assert html("Title\n---") == "<h2>Title</h2>"
    assert read_markdown("Title\n---\n\n<!-- a --> `b`") == before


def test_reading_is_as_before_after_a_page() -> None:
    """One parser, two ways to use it."""
    text = "# a\n\n~~b~~ *c* [d](e)\n\n|f|\n|-|\n"
    before = read_markdown(text)
    read_markdown.__globals__["read_blocks"].cache_clear()

    html(text)

    assert read_markdown(text) == before


def test_several_threads() -> None:
    texts = [f"# {number}\n\n[a]\n\n> b\n\n[a]: https://x.org/{number}\n" * 5 for number in range(8)]
    expected = [html(text) for text in texts]
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [html(texts[number]) for _ in range(10)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {number: [one] * 10 for number, one in enumerate(expected)}
