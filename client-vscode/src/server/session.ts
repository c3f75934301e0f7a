import type * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { createClient } from "./client";
import type { Launch } from "./launch";
import { waits } from "./limits";
import { tooLate, within } from "./patience";
import { commandLine, type Exit, exitOf, type Places, spawnServer } from "./process";
import { reason } from "../reason";

/** One server process and the client that talks to it. */
export interface Session {
  readonly launch: Launch;
  readonly client: LanguageClient;
  /** Of the server, as it says itself. */
  readonly version: string;
  readonly processId: number | undefined;
  /** Resolves when the session is over, whoever ended it. */
  readonly over: Promise<Exit>;
  /** Ends it: by the protocol, else by force. Never rejects. */
  stop(): Promise<void>;
}

/** Why no session came to be, with the exit of the process where it had one. */
export class StartError extends Error {
  constructor(
    message: string,
    readonly exit?: Exit,
  ) {
    super(message);
  }
}

/**
 * Starts a server and waits until it answers. Rejects with a StartError.
 *
 * @param prepare is given the client before the first message
 */
export async function startSession(
  launch: Launch,
  places: Places,
  log: vscode.LogOutputChannel,
  prepare: (client: LanguageClient) => void,
): Promise<Session> {
  log.info(`Starting: ${commandLine(launch, places).join(" ")}`);
  const child = await spawnServer(launch, places).catch((error: unknown) => {
    throw new StartError(reason(error));
  });
  const exited = exitOf(child);
  let lost: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    lost = resolve;
  });
  const client = createClient(child, log, lost);
  prepare(client);

  const end = async (): Promise<Exit> => {
    const exit = await within(waits.stop, exited);
    if (exit !== tooLate) {
      return exit;
    }
    child.kill("SIGKILL");
    const killed = await within(waits.stop, exited);
    return killed === tooLate ? { code: null, signal: null } : killed;
  };

  const dispose = (): Promise<void> =>
    client.dispose(waits.stop).catch((error: unknown) => {
      log.debug(`Stopping: ${reason(error)}`);
    });

  try {
    if ((await within(waits.start, client.start())) === tooLate) {
      throw new Error(`no answer within ${waits.start / 1000} seconds`);
    }
  } catch (error) {
    child.stdin.end();
    throw new StartError(reason(error), await end());
  }
  return {
    launch,
    client,
    version: client.initializeResult?.serverInfo?.version ?? "unknown",
    processId: child.pid,
    over: Promise.race([exited, closed]).then(async () => {
      const exit = await end();
      // The client notices a little later; one that does not would answer for a server that is gone.
      if ((await within(waits.stop, closed)) === tooLate) {
        await dispose();
      }
      return exit;
    }),
    stop: async () => {
      await dispose();
      await end();
    },
  };
}
