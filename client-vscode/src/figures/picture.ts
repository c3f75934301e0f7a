import type * as vscode from "vscode";

/** A picture that somebody pastes, drops or chooses. */
export interface Picture {
  /** The wished name of a new file. */
  readonly name: string;
  /** What it is called in messages. */
  readonly shownName: string;
  /** Where it lies on disk; undefined for one that lies nowhere yet, such as a screenshot on the clipboard. */
  readonly uri: vscode.Uri | undefined;
  readonly contents: vscode.DataTransferFile | Uint8Array;
}

/** Pictures that can be put into a report, and what was left out. */
export interface Gathered {
  readonly pictures: readonly Picture[];
  readonly complaints: readonly string[];
}
