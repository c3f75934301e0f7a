import * as vscode from "vscode";

import { isReadiness, type Readiness } from "../reports/ready";
import { pickPlace } from "../ui/placesPicker";
import { firstItem, readyItems, readyTitle } from "../ui/readyItems";
import { theReport, type Tools } from "./findReport";

/** The part of the server that is needed here. */
interface Asker {
  request(method: string, params: unknown): Promise<unknown>;
}

/** "Invigilator: Ready to Hand In?": what `invigilator ready` says of the saved report, as a list that leads to each reason. */
export async function readyToHandIn(tools: Tools, server: Asker): Promise<void> {
  const report = await theReport(tools);
  if (report === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(report.uri);
  // what is handed in is the file
  if (document.isUntitled || (document.isDirty && !(await document.save()))) {
    const name = vscode.workspace.asRelativePath(document.uri);
    void vscode.window.showWarningMessage(`${name} is not saved, and what is handed in is the file. Save it, and ask again.`);
    return;
  }
  const readiness = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Looking at all that is handed in" }, () =>
    ask(server, document.uri),
  );
  if (readiness === undefined) {
    void vscode.window.showErrorMessage("The server did not say whether the report is ready. The log says why: “Invigilator: Show Log”.");
    return;
  }
  const items = readyItems(readiness);
  const chosen = await pickPlace(document.uri, items, {
    title: readyTitle(readiness),
    placeholder: "Enter goes to a reason, Esc back to where you were",
    first: firstItem(readiness, items),
  });
  if (chosen?.path !== undefined) {
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.joinPath(document.uri, "..", chosen.path));
  }
  if (chosen?.message !== undefined) {
    void vscode.window.showInformationMessage(chosen.message);
  }
}

async function ask(server: Asker, uri: vscode.Uri): Promise<Readiness | undefined> {
  const answer = await server.request("workspace/executeCommand", { command: "invigilator.ready", arguments: [uri.toString()] });
  return isReadiness(answer) ? answer : undefined;
}
