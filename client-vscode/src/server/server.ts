import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { reason } from "../reason";
import type { StatusNotification } from "../reports/status";
import { Crashes } from "./crashes";
import { type Resolution, resolveLaunch, type World } from "./interpreter";
import { describe, type Launch, sameLaunch } from "./launch";
import { exitCodes } from "./limits";
import type { Problems } from "./problems";
import { describeExit, type Exit, type Places } from "./process";
import { oneAtATime } from "./queue";
import { type Session, StartError, startSession } from "./session";

export type ServerState =
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly version: string; readonly how: Launch }
  | { readonly kind: "failed"; readonly message: string };

/** What the server's owner brings along. */
export interface Host {
  readonly log: vscode.LogOutputChannel;
  readonly places: Places;
  readonly problems: Problems;
  /** The world as it is at this moment. */
  world(): World;
}

interface Wish {
  readonly why: string;
  /** Start anew even if nothing has changed. */
  readonly anew: boolean;
}

/** The language server of this window: at most one process, started when somebody needs it. */
export class Server implements vscode.Disposable {
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  private readonly statusCame = new vscode.EventEmitter<StatusNotification>();
  private readonly crashes = new Crashes();
  private readonly bringAbout = oneAtATime<Wish>(
    (wish) => this.start(wish),
    (one, other) => ({ why: `${one.why}; ${other.why}`, anew: one.anew || other.anew }),
  );
  private current: ServerState = { kind: "off" };
  private session: Session | undefined;
  private starting: Promise<void> | undefined;
  private wanted = false;
  private ended = false;
  /** What crashed too often; nothing but another launch or a user's wish starts it again. */
  private givenUp: Launch | undefined;

  /** How the server was looked for the last time. */
  resolution: Resolution | undefined;
  readonly onDidChangeState = this.stateChanged.event;
  /** What the server says of a document that is a report, or no longer one. */
  readonly onStatus = this.statusCame.event;

  constructor(private readonly host: Host) {}

  get state(): ServerState {
    return this.current;
  }

  /** The client of the running server; another one after each restart. */
  get client(): LanguageClient | undefined {
    return this.session?.client;
  }

  /** Of the running server. */
  get processId(): number | undefined {
    return this.session?.processId;
  }

  /** Somebody needs the server; resolves when it runs or cannot. Does nothing where it has crashed too often. */
  async ensureStarted(): Promise<void> {
    this.wanted = true;
    if (this.current.kind === "off" || (this.current.kind === "failed" && this.givenUp === undefined)) {
      this.starting = this.bringAbout({ why: "a report needs it", anew: false });
    }
    await this.starting;
  }

  /** Starts the server anew, whatever it does. */
  async restart(why: string): Promise<void> {
    this.wanted = true;
    this.givenUp = undefined;
    this.crashes.forget();
    await this.bringAbout({ why, anew: true });
  }

  /** Something has changed that decides how the server is started; it is restarted only if the answer is another one. */
  async reconsider(why: string): Promise<void> {
    if (this.wanted) {
      await this.bringAbout({ why, anew: false });
    }
  }

  /** Undefined where no server runs or it does not answer; failures are logged. */
  async request<R>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<R | undefined> {
    try {
      // undefined in place of a token would be sent as a second parameter
      return await this.client?.sendRequest<R>(method, params, ...(token === undefined ? [] : [token]));
    } catch (error) {
      if (token?.isCancellationRequested !== true) {
        this.host.log.warn(`${method}: ${reason(error)}`);
      }
      return undefined;
    }
  }

  /** Ends the process; for good. */
  async stop(): Promise<void> {
    this.ended = true;
    await this.endSession();
    this.become({ kind: "off" });
  }

  dispose(): void {
    void this.stop().finally(() => {
      this.stateChanged.dispose();
      this.statusCame.dispose();
    });
  }

  private async start({ why, anew }: Wish): Promise<void> {
    const { log, places, problems } = this.host;
    if (this.ended) {
      return;
    }
    log.info(`Looking for a way to start the server: ${why}`);
    if (this.session === undefined && this.givenUp === undefined) {
      this.become({ kind: "starting" });
    }
    const resolution = await resolveLaunch(this.host.world(), (step) => {
      log.info(`  ${step}`);
    });
    this.resolution = resolution;
    const { launch } = resolution;
    if (launch === undefined && this.session !== undefined) {
      log.warn("Nothing was found; the server that runs is kept.");
      return;
    }
    problems.found(resolution);
    if (launch === undefined) {
      this.become({ kind: "failed", message: "No Python 3.10 or newer was found." });
      return;
    }
    const known = this.session?.launch ?? this.givenUp;
    if (!anew && known !== undefined && sameLaunch(known, launch)) {
      log.info(this.session === undefined ? "It crashed too often, and is not started again." : "It runs so already.");
      return;
    }
    this.givenUp = undefined;
    await this.endSession();
    this.become({ kind: "starting" });
    try {
      const session = await startSession(launch, places, log, (client) => {
        client.onNotification("invigilator/status", (status: StatusNotification) => {
          this.statusCame.fire(status);
        });
      });
      this.session = session;
      if (this.isEnded()) {
        await this.endSession();
        return;
      }
      log.info(`Invigilator ${session.version} runs with ${describe(launch)}.`);
      void session.over.then((exit) => {
        if (this.session === session) {
          this.crashed(launch, exit);
        }
      });
      problems.solved();
      this.become({ kind: "running", version: session.version, how: launch });
    } catch (error) {
      this.crashed(launch, error instanceof StartError ? error.exit : undefined, reason(error));
    }
  }

  private crashed(launch: Launch, exit: Exit | undefined, why?: string): void {
    const { log, problems } = this.host;
    this.session = undefined;
    if (this.ended) {
      return;
    }
    const how = [why, exit && describeExit(exit)].filter((part) => part !== undefined).join(", ");
    log.error(`The server has ended: ${how}`);
    const hopeless = hopelessExit(exit);
    if (hopeless === undefined && this.crashes.record()) {
      void this.bringAbout({ why: "the server has ended by itself", anew: false });
      this.become({ kind: "starting" });
      return;
    }
    this.givenUp = launch;
    const message = hopeless ?? "Invigilator's server has crashed several times, and is not started again.";
    this.become({ kind: "failed", message });
    problems.stopped(message);
  }

  private async endSession(): Promise<void> {
    const session = this.session;
    this.session = undefined;
    await session?.stop();
  }

  private isEnded(): boolean {
    return this.ended;
  }

  private become(state: ServerState): void {
    if (state.kind !== this.current.kind || state.kind === "running" || state.kind === "failed") {
      this.current = state;
      this.stateChanged.fire(state);
    }
  }
}

/** What to say of an exit that starting again cannot mend. */
function hopelessExit(exit: Exit | undefined): string | undefined {
  switch (exit?.code) {
    case exitCodes.tooOld:
      return "Invigilator needs Python 3.10 or newer, and the one it was started with is older.";
    case exitCodes.notPackaged:
      return "This copy of the Invigilator extension has no server in it. `npm run package` makes one that has.";
    default:
      return undefined;
  }
}
