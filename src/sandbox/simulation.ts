import { INSTANT_MS_MAX } from './clock.js';
import type { SandboxClock } from './clock.js';
import { Counters } from './counters.js';
import { FaultRegistry } from './faults/registry.js';
import type { Fixture } from './fixture/fixture.js';
import { RequestLog } from './request-log.js';
import type { TimeZone } from './time-zone.js';
import { advanceTo } from './world/advance.js';
import { DocumentWriter } from './world/document.js';
import type { JobDocument } from './world/document.js';
import { World } from './world/world.js';
import type { WorldSettings } from './world/world.js';

/** One sandbox without its sockets: the world, the clock that drives it, and what is recorded about it. */
export class Simulation {
  readonly faults = new FaultRegistry();
  readonly log = new RequestLog();
  readonly counters = new Counters();
  readonly documents: DocumentWriter;
  #world: World;

  constructor(
    readonly clock: SandboxClock,
    readonly fixture: Fixture,
    readonly settings: WorldSettings,
    zone: TimeZone,
  ) {
    this.documents = new DocumentWriter(zone);
    this.#world = this.#emptyWorld(0);
  }

  get world(): World {
    return this.#world;
  }

  /** Lets happen what is due by now. State is computed here and nowhere else: there are no timers. */
  async catchUp(): Promise<void> {
    const nowMs = await this.clock.now();
    if (!(Math.abs(nowMs) <= INSTANT_MS_MAX)) throw new Error(`The clock says ${nowMs}, not epoch milliseconds`);
    advanceTo(this.#world, Math.floor(nowMs));
  }

  /** Documents of all jobs as last written, oldest first. */
  allJobs(): JobDocument[] {
    return [...this.#world.jobs.values()].map(({ facts }) => this.documents.detail(facts));
  }

  /** Forgets all jobs, faults, requests and counts; the clock goes on. */
  reset(): void {
    this.faults.clear();
    this.log.clear();
    this.counters.clear();
    this.#world = this.#emptyWorld(this.#world.nowMs);
  }

  #emptyWorld(nowMs: number): World {
    return new World(this.fixture, this.settings, nowMs);
  }
}
