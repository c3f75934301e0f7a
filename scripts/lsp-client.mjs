// A small language client over a child's standard input and output: what an editor does, in Node alone.

import { spawn } from "node:child_process";
import { Trouble } from "./terminal.mjs";

const HEADER_END = Buffer.from("\r\n\r\n");
const LONGEST_HEADER = 4096;

/** Cuts a stream of bytes into the messages of the base protocol; `take` gives each one parsed. */
export class MessageReader {
  #rest = Buffer.alloc(0);

  /** The messages that `chunk` completes. Throws where the bytes are no message. */
  take(chunk) {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages = [];
    for (;;) {
      const end = this.#rest.indexOf(HEADER_END);
      const header = this.#rest.toString("latin1", 0, end < 0 ? LONGEST_HEADER : end);
      const plausible = "content-length:".startsWith(header.slice(0, 15).toLowerCase()) || /^content-/i.test(header);
      if (!plausible || (end < 0 && this.#rest.length > LONGEST_HEADER)) {
        throw new Error(`no message of the protocol: ${JSON.stringify(header.slice(0, 80))}`);
      }
      if (end < 0) return messages;
      const length = /content-length:\s*(\d+)/i.exec(header);
      if (!length) throw new Error(`a header without Content-Length: ${JSON.stringify(header.slice(0, 80))}`);
      const start = end + HEADER_END.length;
      const stop = start + Number(length[1]);
      if (this.#rest.length < stop) return messages;
      messages.push(JSON.parse(this.#rest.toString("utf8", start, stop)));
      this.#rest = this.#rest.subarray(stop);
    }
  }
}

/** The bytes of one message. */
export function encode(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }), "utf8");
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, "latin1"), body]);
}

/** One server and the talk with it. Every failure is a Trouble that holds the end of what the server said on stderr. */
export class LanguageClient {
  #child;
  #next = 1;
  #open = new Map();
  #waiting = [];
  #notifications = [];
  #failure = null;
  #closing = false;
  #timer;
  #stderr = "";
  #gone;
  #answers;

  /**
   * Start `command`; `seconds` is the time limit for the whole talk, `answers` what the server's own requests get:
   * a function of the parameters for each method.
   */
  constructor(command, args, { cwd, env, seconds = 30, answers = {} } = {}) {
    this.#answers = answers;
    this.#child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
    const reader = new MessageReader();
    this.#child.stdout.on("data", (chunk) => {
      try {
        for (const message of reader.take(chunk)) this.#receive(message);
      } catch (error) {
        this.#fail(`The language server wrote what is ${error.message}`);
      }
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text) => {
      this.#stderr = (this.#stderr + text).slice(-20_000);
    });
    // writing to a server that has just died: its exit is what gets reported
    this.#child.stdin.on("error", () => {});
    this.#gone = new Promise((resolve) => {
      this.#child.on("error", (error) => {
        this.#fail(`The language server could not be started: ${error.message}`);
        resolve(null);
      });
      this.#child.on("close", (code, signal) => {
        if (!this.#closing) this.#fail(`The language server stopped by itself (${signal ?? `exit code ${code}`}).`);
        resolve(code);
      });
    });
    this.#timer = setTimeout(() => {
      const pending = [...this.#open.values()].map((call) => call.method);
      const what = [...pending, ...this.#waiting.map((wait) => wait.method)].join(", ") || "the end of its process";
      this.#fail(`The language server did not answer within ${seconds} s; still waiting for ${what}.`);
      this.#child.kill("SIGKILL");
    }, seconds * 1000);
  }

  /** The result of one request. */
  request(method, params) {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      const id = this.#next++;
      this.#open.set(id, { method, resolve, reject });
      return this.#child.stdin.write(encode({ id, method, params }));
    });
  }

  notify(method, params) {
    if (!this.#failure) this.#child.stdin.write(encode({ method, params }));
  }

  /** The parameters of the first notification `method` for which `fits` holds, also of one that came already. */
  notified(method, fits = () => true) {
    return new Promise((resolve, reject) => {
      const found = this.#notifications.find((one) => one.method === method && fits(one.params));
      if (found) resolve(found.params);
      else if (this.#failure) reject(this.#failure);
      else this.#waiting.push({ method, fits, resolve, reject });
    });
  }

  /** Shut the server down as the protocol says; throws where it does not go, or not with exit code 0. */
  async close() {
    try {
      await this.request("shutdown");
      this.#closing = true;
      this.#child.stdin.write(encode({ method: "exit" }));
      const code = await this.#gone;
      if (code !== 0) {
        throw this.#trouble(`The language server did not end as asked (${code === null ? "killed" : `exit code ${code}`}).`);
      }
    } finally {
      this.kill();
    }
  }

  /** End the server at once; for a talk that went wrong. */
  kill() {
    clearTimeout(this.#timer);
    this.#failure ??= new Trouble("The language server was ended.");
    this.#child.kill("SIGKILL");
  }

  #receive(message) {
    if (message.method !== undefined && message.id !== undefined) {
      const answer = this.#answers[message.method];
      const reply = answer
        ? { result: answer(message.params) ?? null }
        : { error: { code: -32601, message: `${message.method} is not supported` } };
      this.#child.stdin.write(encode({ id: message.id, ...reply }));
    } else if (message.method !== undefined) {
      this.#notifications.push(message);
      const index = this.#waiting.findIndex((wait) => wait.method === message.method && wait.fits(message.params));
      if (index >= 0) this.#waiting.splice(index, 1)[0].resolve(message.params);
    } else if (this.#open.has(message.id)) {
      const { method, resolve, reject } = this.#open.get(message.id);
      this.#open.delete(message.id);
      if (message.error) reject(this.#trouble(`The language server refused ${method}: ${message.error.message}`));
      else resolve(message.result);
    }
  }

  #trouble(text) {
    const said = this.#stderr.trim().split("\n").slice(-15).map((line) => `    ${line.trimEnd()}`).join("\n");
    return new Trouble(said.trim() ? `${text}\nIt said:\n${said}` : text);
  }

  #fail(text) {
    if (this.#failure) return;
    this.#failure = this.#trouble(text);
    for (const { reject } of [...this.#open.values(), ...this.#waiting]) reject(this.#failure);
    this.#open.clear();
    this.#waiting = [];
  }
}
