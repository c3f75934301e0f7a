/** More crashes than this within the period, and the server is left alone. */
export const mostCrashes = 4;
export const crashPeriod = 3 * 60_000;

/** Counts crashes and says when it is enough. */
export class Crashes {
  private times: number[] = [];

  /** @param now the time in milliseconds, from anywhere on */
  constructor(private readonly now: () => number = Date.now) {}

  /** Notes a crash. @returns whether it is worth starting once more */
  record(): boolean {
    const now = this.now();
    this.times = [...this.times.filter((time) => now - time < crashPeriod), now];
    return this.times.length <= mostCrashes;
  }

  /** Somebody has asked for a fresh start. */
  forget(): void {
    this.times = [];
  }
}
