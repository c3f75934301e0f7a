import * as vscode from "vscode";

import { questionAt } from "../reports/questions";
import type { Reports } from "../reports/reports";
import { bringsText, candidatesIn, gather } from "./gather";
import { instead } from "./placement";
import { type Asker, askPlacement, askPlacementOf } from "./request";
import { complain, Sequel } from "./sequel";
import { editOf } from "./workspaceEdit";

/** VS Code's own Markdown support steps back behind attachments, so that pictures in answers come to us. */
const KIND = vscode.DocumentDropOrPasteEditKind.Empty.append("markdown", "link", "image", "attachment", "invigilator");
const TYPES = ["image/*", "files", "text/uri-list"];
const REPORTS: vscode.DocumentSelector = { language: "markdown", scheme: "file" };

/** What a paste and a drop have in common. */
interface Proposal {
  readonly title: string;
  /** Undefined where nothing of what came can be inserted: then nothing happens. */
  readonly additionalEdit: vscode.WorkspaceEdit | undefined;
  readonly yieldTo: vscode.DocumentDropOrPasteEditKind[];
}

/** Pasted and dropped pictures go into the figures folder, and a link to each into the answer. */
export function registerPasteAndDrop(server: Asker, reports: Reports): vscode.Disposable {
  const sequel = new Sequel();
  return vscode.Disposable.from(
    sequel,
    vscode.languages.registerDocumentPasteEditProvider(REPORTS, {
      async provideDocumentPasteEdits(document, ranges, dataTransfer, _context, token) {
        const proposal = ranges[0] && (await propose(server, reports, sequel, document, ranges[0], dataTransfer, token));
        return proposal && [Object.assign(new vscode.DocumentPasteEdit("", proposal.title, KIND), proposal)];
      },
    }, { providedPasteEditKinds: [KIND], pasteMimeTypes: TYPES }),
    vscode.languages.registerDocumentDropEditProvider(REPORTS, {
      async provideDocumentDropEdits(document, position, dataTransfer, token) {
        const here = new vscode.Range(position, position);
        const proposal = await propose(server, reports, sequel, document, here, dataTransfer, token);
        return proposal && Object.assign(new vscode.DocumentDropEdit("", proposal.title, KIND), proposal);
      },
    }, { providedDropEditKinds: [KIND], dropMimeTypes: TYPES }),
  );
}

/** Undefined where this is VS Code's own: no pictures, no report, no answer, or a server that does not say so in time. */
async function propose(
  server: Asker,
  reports: Reports,
  sequel: Sequel,
  document: vscode.TextDocument,
  selected: vscode.Range,
  dataTransfer: vscode.DataTransfer,
  token: vscode.CancellationToken,
): Promise<Proposal | undefined> {
  const report = reports.get(document.uri);
  const candidates = report && (await candidatesIn(dataTransfer));
  if (report === undefined || candidates === undefined || token.isCancellationRequested) {
    return undefined;
  }
  const position = selected.start;
  // first, before anything is read
  if (!(await askPlacement(server, document.uri, position, [{ name: "figure.png" }]))) {
    return undefined;
  }
  const yieldTo = (await bringsText(dataTransfer, candidates)) ? [vscode.DocumentDropOrPasteEditKind.Text] : [];
  const gathered = await gather(candidates, questionAt(report.status.questions, position.line + 1)?.number);
  if (gathered.pictures.length === 0) {
    complain(gathered.complaints);
    return { title: "Insert as Figure", additionalEdit: undefined, yieldTo };
  }
  const found = await askPlacementOf(server, document.uri, position, gathered.pictures);
  if (!found) {
    return undefined;
  }
  const placement = instead(found, selected, document.getText(selected));
  sequel.expect(document, placement, gathered);
  const title = gathered.pictures.length === 1 ? "Insert as Figure" : "Insert as Figures";
  return { title, additionalEdit: editOf(document.uri, placement, gathered.pictures), yieldTo };
}
