import type { SandboxClock } from './clock.js';
import type { FixtureInput } from './fixture/schema.js';
import { SandboxInputError } from './sandbox-input-error.js';
import type { WorldSettings } from './world/world.js';

/** How to start a local Keboola. Everything may be left out. */
export interface SandboxOptions<C extends SandboxClock = SandboxClock> {
  /** Default 0: any free port. */
  port?: number;
  /** Default `127.0.0.1`. Any other host makes `/_sandbox` ask for a key. */
  host?: string;
  /** How clients reach it, when that is not host and port: for `uri`, `url` and `services` in its answers. */
  publicUrl?: string;
  /** The time of the sandbox. Default: a clock of its own, at `speed`. */
  clock?: C;
  /** Sandbox seconds per real second, of its own clock. Default 1. */
  speed?: number;
  /** Components, projects, tokens and configurations: a document or the path of a JSON file. Default: the built-in one. */
  fixture?: FixtureInput | string;
  /** IANA name; timestamps carry its offset. Default `Europe/Prague`. */
  timeZone?: string;
  /** From creation to start. Default 0.2. */
  pickUpDelaySeconds?: number;
  /** From an accepted kill to `terminated`. Default 2. */
  killLatencySeconds?: number;
  /** From a write to the list showing it. Default 1. */
  searchLagSeconds?: number;
  /** First number of ids and run ids. Default 186985832. */
  firstTicket?: number;
  /** Jobs kept before the oldest finished one is forgotten. Default 100,000. */
  jobsMax?: number;
}

/** The id of the job in Keboola's own documentation. */
const FIRST_TICKET = 186_985_832;
const SECONDS_MAX = 86_400 * 365;

/** Fills in the defaults. @throws SandboxInputError for a number out of range. */
export function worldSettings(options: SandboxOptions): WorldSettings {
  return {
    pickUpDelaySeconds: seconds('pickUpDelaySeconds', options.pickUpDelaySeconds ?? 0.2),
    killLatencySeconds: seconds('killLatencySeconds', options.killLatencySeconds ?? 2),
    searchLagSeconds: seconds('searchLagSeconds', options.searchLagSeconds ?? 1),
    firstTicket: whole('firstTicket', options.firstTicket ?? FIRST_TICKET, Number.MAX_SAFE_INTEGER - 1_000_000_000),
    jobsMax: whole('jobsMax', options.jobsMax ?? 100_000, 1_000_000),
  };
}

function seconds(name: string, value: number): number {
  if (value >= 0 && value <= SECONDS_MAX) return value;
  throw new SandboxInputError(`${name} must be between 0 and ${SECONDS_MAX} seconds, not ${value}`);
}

function whole(name: string, value: number, max: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new SandboxInputError(`${name} must be a whole number between 1 and ${max}, not ${value}`);
}
