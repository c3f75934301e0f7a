/** What is said about figures. */

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** For pictures of a type that the report does not take; `names` are those of the files. */
export function notTaken(names: readonly string[], extensions: readonly string[]): string {
  const [it, that] = names.length === 1 ? ["it", "that"] : ["them", "those"];
  return (
    `${listed(names)} may neither count nor be shown: this report takes ${listed(extensions)} pictures. `
    + `Save ${it} as ${extensions[0] ?? ".png"} and insert ${that} instead.`
  );
}

/** For files without any content. */
export function emptyFiles(names: readonly string[]): string {
  return names.length === 1
    ? `${listed(names)} is empty (0 bytes), so it was not inserted.`
    : `${listed(names)} are empty (0 bytes), so they were not inserted.`;
}

/** For files that cannot be read. */
export function unreadableFiles(names: readonly string[]): string {
  return `${listed(names)} cannot be read, so ${names.length === 1 ? "it was" : "they were"} not inserted.`;
}

/** For files that came along with pictures. */
export function noPictures(names: readonly string[]): string {
  return names.length === 1
    ? `${listed(names)} is no picture, so it was not inserted.`
    : `${listed(names)} are no pictures, so they were not inserted.`;
}

export const NO_ANSWER = "The cursor is in no answer. Put it below an answer marker (“Answer:”), where the figure belongs, and try again.";
export const NO_SERVER = "Nothing was inserted: Invigilator's server is not running or does not answer.";
export const NO_WRITING = "Nothing was inserted: the picture could not be saved. Is the folder write-protected?";
export const MOVED = "Nothing was inserted: the report was changed in the meantime. Try again.";
export const NOT_FOUND_ANY_MORE = "The link was changed in the meantime and was left as it is; only the file was removed.";
