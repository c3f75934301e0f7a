import * as vscode from "vscode";

import type { Server } from "../server/server";
import type { ReportStatus, StatusNotification } from "./status";
import { type Trouble, troubleIn } from "./trouble";

/** A report that is open, and what is known of it. */
export interface OpenReport {
  readonly uri: vscode.Uri;
  readonly status: ReportStatus;
  /** Only where the official check stops or mixes up questions, and a finding says why. */
  readonly trouble: Trouble | undefined;
}

/** The reports that are open, each with its newest status; empty while no server runs. */
export class Reports implements vscode.Disposable {
  private readonly statuses = new Map<string, ReportStatus>();
  private readonly troubles = new Map<string, Trouble>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly currentChanged = new vscode.EventEmitter<OpenReport | undefined>();
  private readonly contexts = new Map<string, boolean>();
  private readonly subscriptions: vscode.Disposable;
  private lastActive: string | undefined;

  /** A document has become a report, has a new status, or is none any longer. */
  readonly onDidChange = this.changed.event;
  /** There is another current report, or something new to say of it. */
  readonly onDidChangeCurrent = this.currentChanged.event;

  constructor(server: Pick<Server, "onStatus" | "onDidChangeState" | "state">) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      this.currentChanged,
      server.onStatus((status) => { this.take(status); }),
      server.onDidChangeState((state) => {
        if (state.kind !== "running") {
          this.clear();
        }
      }),
      vscode.window.onDidChangeActiveTextEditor(() => { this.follow(); }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => { this.tell(uris.filter((uri) => this.explain(uri))); }),
    );
    this.publish();
  }

  /** All open reports, in the order in which they became known. */
  get all(): readonly OpenReport[] {
    return [...this.statuses.keys()].flatMap((key) => this.get(vscode.Uri.parse(key)) ?? []);
  }

  get(uri: vscode.Uri): OpenReport | undefined {
    const status = this.statuses.get(uri.toString());
    return status && { uri, status, trouble: this.troubles.get(uri.toString()) };
  }

  /** The report in the active editor. */
  get active(): OpenReport | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && this.get(editor.document.uri);
  }

  /** The report in the active editor, else the one that was last there, else any that is open. */
  get current(): OpenReport | undefined {
    const last = this.lastActive === undefined ? undefined : this.get(vscode.Uri.parse(this.lastActive));
    return this.active ?? last ?? this.all[0];
  }

  /** A document's status as soon as there is one; undefined after `milliseconds`, or when `token` says stop. */
  async waitFor(uri: vscode.Uri, milliseconds: number, token?: vscode.CancellationToken): Promise<OpenReport | undefined> {
    const known = this.get(uri);
    if (known !== undefined) {
      return known;
    }
    const subscriptions: vscode.Disposable[] = [];
    return await new Promise<OpenReport | undefined>((resolve) => {
      const timer = setTimeout(() => { resolve(undefined); }, milliseconds);
      subscriptions.push(
        new vscode.Disposable(() => { clearTimeout(timer); }),
        this.onDidChange(() => {
          const report = this.get(uri);
          if (report !== undefined) {
            resolve(report);
          }
        }),
      );
      if (token !== undefined) {
        subscriptions.push(token.onCancellationRequested(() => { resolve(undefined); }));
      }
    }).finally(() => { vscode.Disposable.from(...subscriptions).dispose(); });
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private take(status: StatusNotification): void {
    const uri = vscode.Uri.parse(status.uri);
    if (status.questions === null) {
      this.forget(uri.toString());
    } else {
      this.statuses.set(uri.toString(), status);
      this.explain(uri);
    }
    this.tell([uri]);
  }

  private clear(): void {
    const gone = [...this.statuses.keys()];
    gone.forEach((key) => { this.forget(key); });
    this.tell(gone.map((key) => vscode.Uri.parse(key)));
  }

  private forget(key: string): void {
    this.statuses.delete(key);
    this.troubles.delete(key);
  }

  /** Findings come apart from the status, before it or after. Whether they say something else now of what is wrong. */
  private explain(uri: vscode.Uri): boolean {
    const key = uri.toString();
    const before = this.troubles.get(key);
    const now = this.statuses.has(key) ? troubleIn(uri) : undefined;
    if (now === undefined) {
      return this.troubles.delete(key);
    }
    this.troubles.set(key, now);
    return JSON.stringify(now) !== JSON.stringify(before);
  }

  private tell(uris: readonly vscode.Uri[]): void {
    if (uris.length === 0) {
      return;
    }
    for (const uri of uris) {
      this.changed.fire(uri);
    }
    this.follow();
  }

  private follow(): void {
    const active = this.active;
    if (active !== undefined) {
      this.lastActive = active.uri.toString();
    }
    this.publish();
    this.currentChanged.fire(this.current);
  }

  private publish(): void {
    this.setContext("invigilator.hasReport", this.statuses.size > 0);
    this.setContext("invigilator.inReport", this.active !== undefined);
  }

  private setContext(key: string, value: boolean): void {
    if (this.contexts.get(key) !== value) {
      this.contexts.set(key, value);
      void vscode.commands.executeCommand("setContext", key, value);
    }
  }
}
