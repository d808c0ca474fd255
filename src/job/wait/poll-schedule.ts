/**
 * When to read a job next: a pure function of how long it has been in its phase.
 *
 * Without knowing the duration, steps in proportion to the age are optimal for relative latency. If earlier durations
 * are known, it pays to read rarely before the time at which runs usually end and densely around it (Keller, "Optimum
 * checking schedules", Management Science 21(3), 1974). docs/polling.md has the derivation and the measured table.
 */
export type PollPhase = 'waiting' | 'processing' | 'terminating';

/** Earlier durations of the same configuration, as statistics of their natural logarithm (seconds). */
export interface RunHistory {
  count: number;
  meanLn: number;
  /** Sum of squared deviations from the mean. */
  m2Ln: number;
}

export interface PollMoment {
  phase: PollPhase;
  /** How long the job has been in this phase, in milliseconds. */
  ageMs: number;
  /** Used while processing, and only with at least three earlier runs. */
  history?: RunHistory | undefined;
  /** Stretches every step: normally 1, more when the request budget is short. */
  paceFactor?: number;
  /** Uniform in [0, 1); in a workflow this must be the deterministic source. */
  random: () => number;
}

/** The server fires no timer sooner than this, so a shorter step would only be a pretence. */
export const STEP_MS_MIN = 1_000;
const STEP_MS_MAX = 60_000;
const STEP_MS_MIN_BESIDE = 2_000;
/** However short the request budget is, a job is read every hour. */
const DELAY_MS_MAX = 3_600_000;
const STEP_MS_MAX_BEFORE_WINDOW = 300_000;
const STEP_MS_MAX_TERMINATING = 15_000;
const JITTER = 0.1;
const HISTORY_COUNT_MIN = 3;
/** The early window opens this many standard deviations before the mean of ln T. */
const WINDOW_SIGMAS = 1.6;
/** Weight and spread of the prior: a few runs must not look more certain than they are. */
const PRIOR = { count: 3, sigma: 0.5 };

/** @returns the delay until the next read in milliseconds, at least {@link STEP_MS_MIN}. */
export function nextDelayMs(moment: PollMoment): number {
  const stepMs = plainStepMs(moment) * positive(moment.paceFactor, 1);
  // Ten percent of jitter keeps a thousand jobs from polling in step after a restart.
  const jitter = 1 + JITTER * (2 * moment.random() - 1);
  return Math.min(DELAY_MS_MAX, Math.max(STEP_MS_MIN, Math.round(stepMs * jitter)));
}

/**
 * Delay in milliseconds until the workflow asks again whether something else has ended that must end first, such as
 * somebody else's job. The longer it has lasted, the longer it may still last.
 */
export function delayBesideMs(ageMs: number, random: () => number): number {
  return Math.round(clamp(0.1 * ageMs, STEP_MS_MIN_BESIDE, STEP_MS_MAX) * (1 + 0.25 * random()));
}

function plainStepMs({ phase, ageMs, history }: PollMoment): number {
  const age = positive(ageMs, 0);
  if (phase === 'terminating') return clamp(0.1 * age, STEP_MS_MIN, STEP_MS_MAX_TERMINATING);
  const ends = phase === 'processing' && history && history.count >= HISTORY_COUNT_MIN ? usualEnd(history) : undefined;
  return ends ? informedStepMs(age, ends) : clamp(0.1 * age, STEP_MS_MIN, STEP_MS_MAX);
}

function informedStepMs(ageMs: number, { medianMs, windowOpensMs }: UsualEnd): number {
  if (ageMs < windowOpensMs) {
    // A quarter of the age bounds the regret if the history is wrong: at worst 25 percent late, never silent.
    return clamp(Math.min(0.25 * ageMs, windowOpensMs - ageMs), STEP_MS_MIN, STEP_MS_MAX_BEFORE_WINDOW);
  }
  return clamp(0.05 * Math.max(medianMs, ageMs), STEP_MS_MIN, STEP_MS_MAX);
}

interface UsualEnd {
  medianMs: number;
  windowOpensMs: number;
}

/** @returns undefined for an implausible history: it was stored elsewhere, and none is better than a wrong one. */
function usualEnd({ count, meanLn, m2Ln }: RunHistory): UsualEnd | undefined {
  const variance = (m2Ln + PRIOR.count * PRIOR.sigma ** 2) / (count - 1 + PRIOR.count);
  const medianMs = 1_000 * Math.exp(meanLn);
  const windowOpensMs = 1_000 * Math.exp(meanLn - WINDOW_SIGMAS * Math.sqrt(variance));
  return Number.isFinite(medianMs) && Number.isFinite(windowOpensMs) ? { medianMs, windowOpensMs } : undefined;
}

/**
 * Adds one duration to the history by Welford's update, so three numbers are enough for ever. Invalid durations are
 * left out: a single NaN would spoil the numbers for good.
 */
export function addRun(history: RunHistory | undefined, durationSeconds: number): RunHistory {
  const before = history ?? { count: 0, meanLn: 0, m2Ln: 0 };
  if (!Number.isFinite(durationSeconds)) return before;
  const ln = Math.log(Math.max(1, durationSeconds));
  const count = before.count + 1;
  const delta = ln - before.meanLn;
  const meanLn = before.meanLn + delta / count;
  return { count, meanLn, m2Ln: before.m2Ln + delta * (ln - meanLn) };
}

function positive(value: number | undefined, least: number): number {
  return value === undefined || Number.isNaN(value) ? least : Math.max(least, value);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
