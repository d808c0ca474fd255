import type { addRun, nextDelayMs } from '../../src/job/wait/poll-schedule.js';

export interface Bars {
  polls?: number;
  meanSeconds?: number;
}

export interface Scene {
  name: string;
  medianSeconds: number;
  plain: Bars;
  informed: Bars;
}

export interface Polling {
  polls: number;
  /** From the end of a job to the read that sees it. */
  meanSeconds: number;
  p95Seconds: number;
  /** From the end of a job to the return of the call. */
  callerSeconds: number;
}

export interface SceneResult {
  scene: Scene;
  plain: Polling;
  informed: Polling;
  /** The Syrup PHP client. */
  client: Polling;
}

export const DRAWS: number;
export const SCENES: readonly Scene[];
export function simulate(
  schedule: { nextDelayMs: typeof nextDelayMs; addRun: typeof addRun },
  draws?: number,
): SceneResult[];
