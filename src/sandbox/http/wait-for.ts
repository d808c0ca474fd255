import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxClock } from '../clock.js';

/** How often a delayed answer looks at the clock. Only answers wait like this; what happens to jobs never does. */
const LOOK_EVERY_MS = 20;
/** A paused clock never gets there, so after this much real time the answer is given anyway. */
const REAL_MS_MAX = 3_600_000;

/** Waits `realMs` of real time and then `seconds` of sandbox time, or until the signal fires. */
export async function waitFor(
  clock: SandboxClock,
  { seconds, realMs }: { seconds: number; realMs: number },
  closing: AbortSignal,
): Promise<void> {
  try {
    if (realMs > 0) await sleep(realMs, undefined, { signal: closing });
    if (seconds > 0) await waitUntil(clock, (await clock.now()) + seconds * 1000, closing);
  } catch (error) {
    if (!closing.aborted) throw error;
  }
}

async function waitUntil(clock: SandboxClock, untilMs: number, closing: AbortSignal): Promise<void> {
  for (let waitedMs = 0; waitedMs < REAL_MS_MAX; waitedMs += LOOK_EVERY_MS) {
    if ((await clock.now()) >= untilMs) return;
    await sleep(LOOK_EVERY_MS, undefined, { signal: closing });
  }
}
