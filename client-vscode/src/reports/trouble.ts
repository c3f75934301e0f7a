import * as vscode from "vscode";

/** Why the official check has no result, or a mixed-up one, and the places to mend. */
export interface Trouble {
  readonly message: string;
  readonly range: vscode.Range;
  readonly causes: readonly { readonly name: string; readonly range: vscode.Range }[];
}

const CODES = ["report.unreadable", "report.shifted"];

/** What the server's finding says about a document's trouble; undefined where there is none, or it is silenced. */
export function troubleIn(uri: vscode.Uri): Trouble | undefined {
  const finding = vscode.languages.getDiagnostics(uri).find((diagnostic) => CODES.includes(codeOf(diagnostic)));
  if (finding === undefined) {
    return undefined;
  }
  const related = finding.relatedInformation ?? [];
  const causes = related.map(({ message, location }) => ({ name: message, range: location.range }));
  return { message: finding.message, range: finding.range, causes };
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
