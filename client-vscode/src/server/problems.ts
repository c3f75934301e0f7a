import * as vscode from "vscode";
import type { Resolution } from "./interpreter";
import { brokenMessage, noPythonMessage } from "./messages";

const help = vscode.Uri.parse("https://www.python.org/downloads/");
const hiddenKey = "invigilator.hideNoPython";

/** What the user is told of the server: each problem once, until it has gone. */
export class Problems {
  private readonly told = new Set<string>();

  constructor(private readonly memory: vscode.Memento) {}

  /** Says what is wrong with what was found, if anything. */
  found(resolution: Resolution): void {
    if (resolution.launch === undefined) {
      void this.noPython(noPythonMessage(resolution));
      return;
    }
    this.told.delete("no Python");
    if (resolution.broken.length > 0) {
      const message = brokenMessage(resolution);
      void this.once(message, () =>
        this.ask(vscode.window.showWarningMessage, message, {
          "Open Settings": "invigilator.openSettings",
          "Show Log": "invigilator.showLog",
        }),
      );
    }
  }

  /** Says that the server cannot be started, or keeps on crashing. */
  stopped(message: string): void {
    void this.once(message, () =>
      this.ask(vscode.window.showErrorMessage, message, {
        "Show Log": "invigilator.showLog",
        Restart: "invigilator.restartServer",
      }),
    );
  }

  /** The server runs: whatever was wrong may be said again. */
  solved(): void {
    for (const message of this.told) {
      if (!message.startsWith("The setting ")) {
        this.told.delete(message);
      }
    }
  }

  private async noPython(message: string): Promise<void> {
    if (this.memory.get<boolean>(hiddenKey) === true) {
      return;
    }
    await this.once("no Python", async () => {
      const select = "Select Interpreter";
      const hide = "Don't Show Again";
      const chosen = await vscode.window.showErrorMessage(message, select, "Help", hide);
      if (chosen === select) {
        await vscode.commands.executeCommand("invigilator.selectInterpreter");
      } else if (chosen === "Help") {
        await vscode.env.openExternal(help);
      } else if (chosen === hide) {
        await this.memory.update(hiddenKey, true);
      }
    });
  }

  private async once(key: string, tell: () => Promise<void>): Promise<void> {
    if (!this.told.has(key)) {
      this.told.add(key);
      await tell();
    }
  }

  private async ask(
    show: (message: string, ...buttons: string[]) => Thenable<string | undefined>,
    message: string,
    commands: Readonly<Record<string, string>>,
  ): Promise<void> {
    const chosen = await show(message, ...Object.keys(commands));
    const command = chosen === undefined ? undefined : commands[chosen];
    if (command !== undefined) {
      await vscode.commands.executeCommand(command);
    }
  }
}
