import * as vscode from "vscode";
import { grammarSettings } from "../settings";
import { grammarIn, grammarOf, type ReportGrammar, type WrittenGrammar } from "./detection";

const NAMES = ["invigilator.toml", "pyproject.toml"];
const LARGEST = 200_000; // bytes

/** What the configuration files of folders say of a template; undefined: nothing of ours there. */
export type Known = Map<string, Promise<WrittenGrammar | undefined>>;

/**
 * How the report at `uri` is written: as the nearest configuration file says, else the settings. `known`: what has been read
 * already, so that many files of a folder cost one look.
 */
export async function grammarAt(uri: vscode.Uri, known: Known = new Map()): Promise<ReportGrammar> {
  const written = await nearestConfiguration(uri, known);
  const { heading, marker, questions } = grammarSettings(uri);
  return grammarOf({
    heading: written?.heading ?? heading,
    marker: written?.marker ?? marker,
    questions: written?.questions ?? questions,
  });
}

/**
 * What the nearest configuration file of ours says, at or above a file: up to its workspace folder; outside of any, up to the
 * folder above `reports`.
 */
export async function nearestConfiguration(uri: vscode.Uri, known: Known = new Map()): Promise<WrittenGrammar | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  for (let folder = above(uri); ; folder = above(folder)) {
    const key = folder.toString();
    const reading = known.get(key) ?? configurationIn(folder);
    known.set(key, reading);
    const found = await reading;
    const isLast = root === undefined ? !/\/reports$/i.test(folder.path) : folder.path.length <= root.path.length;
    if (found !== undefined || isLast) {
      return found;
    }
  }
}

async function configurationIn(folder: vscode.Uri): Promise<WrittenGrammar | undefined> {
  for (const name of NAMES) {
    const text = await textOf(vscode.Uri.joinPath(folder, name));
    const found = text === undefined ? undefined : grammarIn(name, text);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Undefined where there is no such file. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > LARGEST ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined; // gone, or not to be read
  }
}

function above(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, "..");
}
