import type { SandboxClock } from './clock.js';
import type { FixtureInput } from './fixture/schema.js';
import { parseDocument } from './parse-document.js';
import {
  DEFAULT_SETTINGS,
  mergedSettings,
  type SandboxSettings,
  type SettingsInput,
  settingsSchema,
} from './settings.js';

/** How to start a local Keboola. Everything may be left out. */
export interface SandboxOptions<C extends SandboxClock = SandboxClock> extends Partial<SandboxSettings> {
  /** Default 0: any free port. */
  port?: number;
  /** Default `127.0.0.1`. Any other host makes `/_sandbox` ask for a key. */
  host?: string;
  /** How clients reach it, when that is not host and port: for `uri`, `url` and `services` in its answers, and as a name of its own. */
  publicUrl?: string;
  /** The time of the sandbox. Default: a clock of its own, at `speed`. */
  clock?: C;
  /** Sandbox seconds per real second, of its own clock. Default 1. */
  speed?: number;
  /** Components, projects, tokens, configurations and settings: a document or the path of a JSON file. */
  fixture?: FixtureInput | string;
}

/** Settings of the start: the options win over the fixture, the fixture over the defaults. @throws SandboxInputError */
export function startSettings(options: SandboxOptions, ofFixture: SettingsInput): SandboxSettings {
  const known = Object.keys(settingsSchema.shape);
  // A program that hands on options of its own may have more of them than the sandbox knows.
  const given = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)));
  return mergedSettings(
    { ...DEFAULT_SETTINGS, firstTicket: ticketOfNow() },
    ofFixture,
    parseDocument(settingsSchema, given, 'The sandbox option'),
  );
}

/**
 * Whoever still waits for a job of an earlier start must not be told of another one that has its id. Real time goes on
 * while none runs, and the ids of a start fall behind it unless it makes 500 jobs a second for as long as it lives.
 */
function ticketOfNow(): number {
  return Date.now();
}
