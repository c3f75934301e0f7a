"""How the page looks, on a screen and on paper, and what a browser is let do with it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --text: #1d2329; --faint: #59636e; --line: #d5dae0; --back: #ffffff; --panel: #f5f7f9; --link: #0757b8;
  --good: #176f38; --bad: #b3261e; --open: #855500;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e3e8ed; --faint: #9aa5b1; --line: #39424d; --back: #12161b; --panel: #1b2128; --link: #79b4ff;
    --good: #5ecb86; --bad: #ff8f85; --open: #e6b450;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--text);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
main, nav { max-width: 70ch; margin: 0 auto 1.5rem; overflow-wrap: break-word; }
a { color: var(--link); }
.path { text-decoration: underline dotted var(--faint); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .6em; text-wrap: balance; break-after: avoid; }
h1 { font-size: 1.9rem; }
h2 { font-size: 1.45rem; padding-bottom: .25em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.2rem; }
h4, h5, h6 { font-size: 1rem; }
main > h1:first-child { margin-top: 1rem; }
p, ul, ol, pre, blockquote, .wide, .html { margin: 0 0 1em; }
ul, ol { padding-left: 1.6em; }
li > ul, li > ol { margin-bottom: 0; }
li.task { position: relative; list-style: none; }
li.task > [role]:first-child { position: absolute; left: -1.5em; }
blockquote { padding: .1em 1em; border-left: .2rem solid var(--line); color: var(--faint); font-size: .94em; }
blockquote > :first-child { margin-top: .5em; }
blockquote > :last-child { margin-bottom: .5em; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0; }
code, pre { font: .88em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { background: var(--panel); padding: .1em .3em; border-radius: .25em; }
pre { background: var(--panel); padding: .8em 1em; border-radius: .4em; overflow-x: auto; }
pre code { background: none; padding: 0; font-size: 1em; }
pre.plain, .html { white-space: pre-wrap; }
img { max-width: 100%; height: auto; }
p > img:only-child { display: block; margin: 0 auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .94em; }
th, td { border: 1px solid var(--line); padding: .3em .7em; text-align: left; vertical-align: top; }
th { background: var(--panel); }
.middle { text-align: center; }
.right { text-align: right; }
details { margin: 0 0 1em; padding: .5em 1em; border: 1px solid var(--line); border-radius: .4em; }
summary { cursor: pointer; }
.front { padding: 0; border: 0; color: var(--faint); font-size: .85em; }
details[open] > summary { margin-bottom: .6em; }
.absent { display: inline-block; padding: .4em .8em; border: 1px dashed var(--bad); border-radius: .4em; }
.note { color: var(--bad); }
section { margin-top: 2.5em; }
section > :is(h1, h2, h3, h4, h5, h6):first-child { margin: 0 0 .2em; }
.mark { margin: 0 0 1em; font-size: .88em; color: var(--faint); font-variant-numeric: tabular-nums; }
.mark strong { font-weight: 600; }
.passes { --mark: var(--good); --sign: "✓"; }
.fails { --mark: var(--bad); --sign: "✗"; }
.open { --mark: var(--open); --sign: "○"; }
.unknown { --mark: var(--faint); --sign: "–"; }
.mark strong { color: var(--mark); }
.mark strong::before, nav a::after { content: var(--sign); }
.mark strong::before { margin-right: .4em; }
nav { padding: 1rem 1.2rem; background: var(--panel); border-radius: .5rem; }
nav h2 { margin: 0; padding: 0; border: 0; font-size: 1rem; }
nav p { margin: .1em 0 0; font-size: .92em; }
nav ol { display: flex; flex-wrap: wrap; gap: .35rem; margin: .8rem 0 0; padding: 0; list-style: none; }
nav a {
  display: flex; justify-content: center; gap: .3em; min-width: 3.2em; padding: .15em .4em;
  border: 1px solid var(--line); border-radius: .35em; background: var(--back);
  color: var(--text); text-decoration: none; font-size: .88em;
}
nav a::after { color: var(--mark); }
nav a:hover { border-color: var(--mark); }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
@media (min-width: 76rem) {
  body { display: grid; grid-template-columns: 15rem minmax(0, 70ch); gap: 3rem; justify-content: center; }
  main, nav { width: 100%; margin: 0; }
  nav { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow-y: auto; }
  .skip { grid-column: 1 / -1; }
}
@media print {
  :root {
    --text: #000000; --faint: #444444; --line: #bbbbbb; --back: #ffffff; --panel: #f5f5f5; --link: #000000;
    --good: #176f38; --bad: #b3261e; --open: #855500;
  }
  body { display: block; padding: 0; font-size: 10.5pt; }
  main, nav { max-width: none; }
  nav { position: static; max-height: none; margin-bottom: 2em; border: 1px solid var(--line); }
  pre { white-space: pre-wrap; }
  details::details-content { content-visibility: visible; block-size: auto; }
  img, table, .absent { break-inside: avoid; }
  img { max-height: 20cm; width: auto; }
}
"""

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "img-src data:",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""Content-Security-Policy: nothing is loaded and nothing runs; the page's own style is known by its digest."""
