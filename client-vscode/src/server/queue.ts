/**
 * Makes of a task one that runs once at a time: while it runs, all further calls together make one more run, which begins
 * when it has ended and is given what the calls were given, merged.
 *
 * @param merge what two waiting calls ask for together
 */
export function oneAtATime<T>(task: (wish: T) => Promise<void>, merge: (one: T, other: T) => T): (wish: T) => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: { wish: T; done: Promise<void> } | undefined;

  const run = (wish: T): Promise<void> => {
    running = task(wish).finally(() => {
      running = undefined;
    });
    return running;
  };

  return (wish) => {
    if (waiting !== undefined) {
      waiting.wish = merge(waiting.wish, wish);
      return waiting.done;
    }
    if (running === undefined) {
      return run(wish);
    }
    const next = { wish, done: Promise.resolve() };
    next.done = running
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        return run(next.wish);
      });
    waiting = next;
    return next.done;
  };
}
