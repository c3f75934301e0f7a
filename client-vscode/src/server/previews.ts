const WIDTH = 300; // pixels: what the pane beside a list of suggestions has room for

/** A Markdown text with pictures of this machine no wider than there is room; `|width=` is VS Code's own way to say so. */
export function limited(markdown: string): string {
  return markdown.replace(/(!\[[^\]]*\]\(<?file:[^)\s|>]+)(>?\))/g, `$1|width=${WIDTH}$2`);
}
