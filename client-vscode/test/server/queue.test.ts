import { expect, it } from "vitest";
import { oneAtATime } from "../../src/server/queue";

/** A task that ends when told to, and what it was asked. */
function held(): { task: (wish: string) => Promise<void>; asked: string[]; end: (error?: Error) => Promise<void> } {
  const asked: string[] = [];
  let settle: (error?: Error) => void = () => undefined;
  const task = (wish: string): Promise<void> => {
    asked.push(wish);
    return new Promise((resolve, reject) => {
      settle = (error) => {
        if (error === undefined) {
          resolve();
        } else {
          reject(error);
        }
      };
    });
  };
  const end = async (error?: Error): Promise<void> => {
    settle(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { task, asked, end };
}

it("has one run in flight and at most one waiting, with all that was asked meanwhile", async () => {
  const { task, asked, end } = held();
  const run = oneAtATime<string>(task, (one, other) => one + other);
  const done: string[] = [];
  for (const wish of ["a", "b", "c", "d"]) {
    void run(wish).then(() => done.push(wish));
  }
  expect(asked).toEqual(["a"]);
  await end();
  expect([asked, done]).toEqual([["a", "bcd"], ["a"]]);
  void run("e");
  await end();
  expect([asked, done]).toEqual([
    ["a", "bcd", "e"],
    ["a", "b", "c", "d"],
  ]);
  await end();
  void run("f");
  expect(asked).toEqual(["a", "bcd", "e", "f"]);
});

it("goes on after a failure, which only its own callers see", async () => {
  const { task, asked, end } = held();
  const run = oneAtATime<string>(task, (one) => one);
  const first = run("a");
  const second = run("b");
  const failure = expect(first).rejects.toThrow("no");
  await end(new Error("no"));
  await failure;
  expect(asked).toEqual(["a", "b"]);
  await end();
  await expect(second).resolves.toBeUndefined();
});
