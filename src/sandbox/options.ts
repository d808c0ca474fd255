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

/** How to start a local Keboola. Every option may be left out. */
export interface SandboxOptions<C extends SandboxClock = SandboxClock> extends Partial<SandboxSettings> {
  /** Default 0: any free port. */
  port?: number;
  /** Default `127.0.0.1`. Any other host makes `/_sandbox` ask for a key. */
  host?: string;
  /**
   * The address for clients, if not host and port: used in `uri`, `url` and `services`, and accepted as its name. One
   * that is not loopback makes `/_sandbox` ask for a key.
   */
  publicUrl?: string;
  /** The time of the sandbox. Default: a clock of its own, at `speed`. */
  clock?: C;
  /** Sandbox seconds per real second, for the sandbox's own clock. Default 1. */
  speed?: number;
  /** Components, projects, tokens, configurations and settings: a document or the path of a JSON file. */
  fixture?: FixtureInput | string;
}

/** The initial settings: options win over the fixture, the fixture over the defaults. @throws SandboxInputError */
export function startSettings(options: SandboxOptions, ofFixture: SettingsInput): SandboxSettings {
  const known = Object.keys(settingsSchema.shape);
  // A program that passes its own options on may have more of them than the sandbox knows.
  const given = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)));
  return mergedSettings(
    { ...DEFAULT_SETTINGS, firstTicket: ticketOfNow() },
    ofFixture,
    parseDocument(settingsSchema, given, 'The sandbox option'),
  );
}

/**
 * A client that still waits for a job of an earlier start must not get another job with the same id. Real time goes on
 * while no sandbox runs, and the ids fall behind it unless a sandbox makes 500 jobs a second all its life.
 */
function ticketOfNow(): number {
  return Date.now();
}
