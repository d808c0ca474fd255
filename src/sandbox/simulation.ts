import { INSTANT_MS_MAX, type SandboxClock } from './clock.js';
import { Counters } from './record/counters.js';
import { FaultRegistry } from './faults/registry.js';
import type { Fixture } from './fixture/fixture.js';
import { parseDocument } from './parse-document.js';
import { CompiledQueries } from './query/compiled-queries.js';
import { RequestLog } from './record/request-log.js';
import { mergedSettings, type SandboxSettings, type SettingsInput, settingsSchema } from './settings.js';
import { TimeZone } from './time-zone.js';
import { advanceTo } from './world/advance.js';
import { DocumentWriter, type JobDocument } from './documents/job-document.js';
import { dispatch } from './world/admission/workers.js';
import { World } from './world/world.js';

/** One sandbox without its sockets: the world, the clock that drives it, and what is recorded about it. */
export class Simulation {
  readonly faults = new FaultRegistry();
  readonly log = new RequestLog();
  readonly counters = new Counters();
  readonly queries = new CompiledQueries();
  readonly #startSettings: SandboxSettings;
  #settings: SandboxSettings;
  #documents: DocumentWriter;
  #world: World;

  /** @throws SandboxInputError for a time zone that does not exist. */
  constructor(
    readonly clock: SandboxClock,
    readonly fixture: Fixture,
    settings: SandboxSettings,
  ) {
    this.#startSettings = settings;
    this.#settings = { ...settings };
    this.#documents = writerFor(settings);
    this.#world = this.#emptyWorld(0);
  }

  get world(): World {
    return this.#world;
  }

  get documents(): DocumentWriter {
    return this.#documents;
  }

  get settings(): Readonly<SandboxSettings> {
    return this.#settings;
  }

  /** Runs every event that is due by now. State is computed here and nowhere else: there are no timers. */
  async catchUp(): Promise<void> {
    this.#advanceTo(await this.clock.now());
  }

  /** The same for synchronous callers. With an asynchronous clock the world stays as of the last request. */
  catchUpAtOnce(): void {
    const nowMs = this.clock.now();
    if (typeof nowMs === 'number') this.#advanceTo(nowMs);
  }

  /** Changes settings from now on. @throws SandboxInputError naming what is wrong, having changed nothing */
  async change(input: SettingsInput): Promise<void> {
    const next = mergedSettings(this.#settings, parseDocument(settingsSchema, input, 'The settings request'));
    const documents = writerFor(next);
    // What was due before the change still follows the old settings.
    await this.catchUp();
    if (input.firstTicket !== undefined) this.#world.tickets.raise(next.firstTicket);
    if (next.searchStalled && !this.#settings.searchStalled) this.#world.stalledAtMs = this.#world.nowMs;
    this.#documents = documents;
    // Changed in place, because the world reads the settings at every use.
    Object.assign(this.#settings, next);
    if (!next.searchStalled) this.#world.index.catchUp();
    dispatch(this.#world);
  }

  /** Documents of all jobs as last written, oldest first. */
  allJobs(): JobDocument[] {
    return [...this.#world.jobs.oldestFirst()].map(({ facts }) => this.documents.detail(facts));
  }

  /** Forgets all jobs, faults, requests, counts and changed settings; the clock goes on. */
  reset(): void {
    this.faults.clear();
    this.log.clear();
    this.counters.clear();
    this.#settings = { ...this.#startSettings };
    this.#documents = writerFor(this.#settings);
    this.close();
    this.#world = this.#emptyWorld(this.#world.nowMs);
  }

  /** Frees the disk; nothing may read the world's files afterwards. */
  close(): void {
    this.#world.storage.close();
  }

  #advanceTo(nowMs: number): void {
    if (!(Math.abs(nowMs) <= INSTANT_MS_MAX)) throw new Error(`The clock says ${nowMs}, not epoch milliseconds`);
    advanceTo(this.#world, Math.floor(nowMs));
  }

  #emptyWorld(nowMs: number): World {
    return new World(this.fixture, this.#settings, this.counters, nowMs);
  }
}

function writerFor({ timeZone, idsAs }: SandboxSettings): DocumentWriter {
  return new DocumentWriter(new TimeZone(timeZone), idsAs);
}
