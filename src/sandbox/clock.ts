import { SandboxInputError } from './sandbox-input-error.js';

/** Where the sandbox reads its time, in epoch milliseconds. The clock of a test server can be wrapped in this. */
export interface SandboxClock {
  now(): number | Promise<number>;
}

/** A clock that a test or a person steers. It never runs timers: it only answers `now()`. */
export interface ControlledClock extends SandboxClock {
  now(): number;
  /** Stops at the present instant; `advance` still moves it. */
  pause(): void;
  resume(): void;
  /** Jumps forward by `byMs` milliseconds of sandbox time. */
  advance(byMs: number): void;
  /** Sandbox seconds per real second from now on. */
  setSpeed(speed: number): void;
  state(): { nowMs: number; speed: number; paused: boolean };
}

export interface ClockOptions {
  /** Sandbox seconds per real second. Default 1. */
  speed?: number;
  /** Initial time in epoch milliseconds. Default: the real time. */
  start?: number;
}

/** The end of the year 9999: later instants have no ISO text of the usual length. */
export const INSTANT_MS_MAX = 253_402_300_799_000;
/** Beyond this speed one real millisecond is longer than a day, and no test is readable. */
const SPEED_MAX = 100_000_000;

/**
 * Makes a clock that runs at a chosen speed and can be paused, resumed and advanced.
 *
 * @throws SandboxInputError when the speed is not positive or a jump goes backwards.
 */
export function createClock({ speed = 1, start = Date.now() }: ClockOptions = {}): ControlledClock {
  // Unlike the wall clock of a laptop that wakes up, performance.now() never steps back.
  let baseMs = instant(start, 'start');
  let realBaseMs = performance.now();
  let rate = positiveSpeed(speed);
  let paused = false;

  const now = (): number => Math.floor(paused ? baseMs : baseMs + (performance.now() - realBaseMs) * rate);
  const rebase = (): void => {
    baseMs = now();
    realBaseMs = performance.now();
  };

  return {
    now,
    pause: () => {
      rebase();
      paused = true;
    },
    resume: () => {
      rebase();
      paused = false;
    },
    advance: (byMs) => {
      if (instant(byMs, 'advance') < 0) throw new SandboxInputError('The clock cannot go back.');
      rebase();
      baseMs = instant(baseMs + byMs, 'advance');
    },
    setSpeed: (next) => {
      rebase();
      rate = positiveSpeed(next);
    },
    state: () => ({ nowMs: now(), speed: rate, paused }),
  };
}

export function isControlledClock(clock: SandboxClock): clock is ControlledClock {
  return 'advance' in clock && 'pause' in clock && 'resume' in clock && 'setSpeed' in clock && 'state' in clock;
}

function positiveSpeed(speed: number): number {
  if (speed > 0 && speed <= SPEED_MAX) return speed;
  throw new SandboxInputError(`speed must be above 0 and at most ${SPEED_MAX}, not ${speed}`);
}

function instant(value: number, what: string): number {
  if (Math.abs(value) <= INSTANT_MS_MAX) return value;
  throw new SandboxInputError(`${what} must be milliseconds of an instant before the year 10000, not ${value}`);
}
