/** What is a picture, and what a new one is to be called. */

/** The extension that a picture's type stands for, where the type is all that is known. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/jpg": ".jpg",
  "image/gif": ".gif",
  "image/webp": ".webp",
  "image/svg+xml": ".svg",
  "image/bmp": ".bmp",
  "image/tiff": ".tiff",
  "image/avif": ".avif",
  "image/heic": ".heic",
  "image/heif": ".heif",
};

/** The endings of files that are taken for pictures, without their dots. */
export const PICTURE_ENDINGS: readonly string[] = [
  "png", "jpg", "jpeg", "jfif", "gif", "webp", "svg", "bmp", "tif", "tiff", "avif", "heic", "heif",
];

const PICTURE = new RegExp(`\\.(?:${PICTURE_ENDINGS.join("|")})$`, "i");

/** Names that clipboards and browsers make up: they say nothing of the picture. */
const MADE_UP = /^(?:(?:image|img|picture|clipboard|untitled|unnamed|unknown|blob|file|download|grafik|bild|billede)[\s_-]*(?:\(?\d{1,3}\)?)?)?$/i;

/** Whether something on the clipboard or on disk is a picture, by its media type (which may be empty) or its name. */
export function isPicture(mime: string, name: string): boolean {
  return /^image\//i.test(mime) || PICTURE.test(name);
}

/**
 * What a new picture is to be called: its own name, or its question's where that says nothing. The server cleans it.
 *
 * `wishedName("image.png", "image/png", 14)` is `question-14.png`.
 */
export function wishedName(name: string, mime: string, question: number | undefined): string {
  const base = name.split(/[\\/]/).at(-1) ?? "";
  const ending = PICTURE.exec(base)?.[0] ?? "";
  const stem = ending ? base.slice(0, -ending.length) : base;
  const extension = ending || (EXTENSIONS[mime.toLowerCase()] ?? ".png");
  if (!MADE_UP.test(stem.trim())) {
    return stem + extension;
  }
  return (question === undefined ? "figure" : `question-${question}`) + extension;
}

/** The addresses of a `text/uri-list`. */
export function addressesOf(uriList: string): string[] {
  return uriList.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

/** Whether text that comes along with pictures only names them, as file managers put it on the clipboard. */
export function onlyNames(text: string, names: readonly string[]): boolean {
  const known = new Set(names);
  return text.split(/\r?\n/).every((line) => {
    const name = line.trim().split(/[\\/]/).at(-1) ?? "";
    return name === "" || known.has(name) || known.has(decoded(name));
  });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
