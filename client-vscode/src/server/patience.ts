/** What `within` makes of a promise that takes too long. */
export const tooLate = Symbol("too late");

/**
 * Waits for a promise no longer than `milliseconds`. The promise itself goes on; a failure that comes too late is nobody's.
 */
export async function within<T>(milliseconds: number, promise: PromiseLike<T>): Promise<T | typeof tooLate> {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<typeof tooLate>((resolve) => {
    timer = setTimeout(() => {
      resolve(tooLate);
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, alarm]);
  } finally {
    clearTimeout(timer);
  }
}
