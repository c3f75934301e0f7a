import * as vscode from "vscode";

import { emptyFiles, noPictures, unreadableFiles } from "./messages";
import { addressesOf, isPicture, onlyNames, wishedName } from "./pictures";
import type { Gathered, Picture } from "./picture";

/** Something that came by paste or drop, before it is read. */
interface Candidate {
  readonly mime: string;
  readonly name: string;
  readonly uri: vscode.Uri | undefined;
  readonly file: vscode.DataTransferFile | undefined;
}

/** What a paste or a drop brings, unread: undefined where it is for somebody else, having no pictures. */
export async function candidatesIn(dataTransfer: vscode.DataTransfer): Promise<readonly Candidate[] | undefined> {
  const candidates: Candidate[] = [];
  for (const [mime, item] of dataTransfer) {
    const file = item.asFile();
    if (file !== undefined) {
      candidates.push({ mime, name: file.name, uri: file.uri, file });
    }
  }
  if (candidates.length === 0) {
    const list = (await dataTransfer.get("text/uri-list")?.asString()) ?? "";
    for (const address of addressesOf(list)) {
      const uri = vscode.Uri.parse(address);
      if (uri.scheme !== "file") {
        return undefined;
      }
      candidates.push({ mime: "", name: uri.path.split("/").at(-1) ?? "", uri, file: undefined });
    }
  }
  return candidates.some(({ mime, name }) => isPicture(mime, name)) ? candidates : undefined;
}

/** Whether text came along that is more than the names of the files: then somebody copied text, from Word or Excel. */
export async function bringsText(dataTransfer: vscode.DataTransfer, candidates: readonly Candidate[]): Promise<boolean> {
  const text = (await dataTransfer.get("text/plain")?.asString()) ?? "";
  return !onlyNames(text, candidates.map(({ name }) => name));
}

/** Reads what came, and says of everything that is no picture with something in it why it is left out. */
export async function gather(candidates: readonly Candidate[], question: number | undefined): Promise<Gathered> {
  const pictures: Picture[] = [];
  const complaints = new Map<(names: readonly string[]) => string, string[]>();
  for (const { mime, name, uri, file } of candidates) {
    const wished = wishedName(name, mime, question);
    const shownName = name || wished;
    const contents = isPicture(mime, name) ? await read(file, uri) : noPictures;
    if (typeof contents === "function") {
      complaints.set(contents, [...(complaints.get(contents) ?? []), shownName]);
    } else {
      pictures.push({ name: wished, shownName, uri, contents });
    }
  }
  return { pictures, complaints: [...complaints].map(([complain, names]) => complain(names)) };
}

/** Pictures on disk, as chosen in a dialog. */
export async function gatherFiles(uris: readonly vscode.Uri[], question: number | undefined): Promise<Gathered> {
  return gather(uris.map((uri) => ({ mime: "", name: uri.path.split("/").at(-1) ?? "", uri, file: undefined })), question);
}

/** The contents, or the complaint that says why there are none. */
async function read(
  file: vscode.DataTransferFile | undefined,
  uri: vscode.Uri | undefined,
): Promise<Picture["contents"] | typeof emptyFiles> {
  try {
    const bytes = file !== undefined ? await file.data() : uri !== undefined ? await vscode.workspace.fs.readFile(uri) : new Uint8Array();
    return bytes.length === 0 ? emptyFiles : (file ?? bytes);
  } catch {
    return unreadableFiles;
  }
}
