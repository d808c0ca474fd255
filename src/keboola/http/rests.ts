import type { Priority } from './priority.js';

const REST_MS_MAX = 5 * 60_000;

interface Rest {
  untilMs: number;
  /** The answer that asked for it, in words. */
  reason: string;
}

/** The rests that Keboola asked for with `Retry-After`, by kind of request, each capped at five minutes. */
export class Rests {
  private readonly rests = new Map<Priority, Rest>();

  constructor(private readonly now: () => number) {}

  /** Stops never rest: no job may run longer than somebody wants it to. */
  ask(priorities: readonly Exclude<Priority, 'stop'>[], durationMs: number, reason: string): void {
    const untilMs = this.now() + Math.min(REST_MS_MAX, durationMs);
    for (const priority of priorities) {
      if (untilMs > (this.rests.get(priority)?.untilMs ?? 0)) this.rests.set(priority, { untilMs, reason });
    }
  }

  /** What is left of a rest, in milliseconds, and the reason for it; undefined if it is over. */
  of(priority: Priority): { leftMs: number; reason: string } | undefined {
    const { untilMs = 0, reason = '' } = this.rests.get(priority) ?? {};
    const leftMs = untilMs - this.now();
    return leftMs > 0 ? { leftMs, reason } : undefined;
  }
}
