import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type ControlledClock, createClock, type SandboxClock } from './clock.js';
import type { Counted } from './record/counters.js';
import type { FaultInput } from './faults/fault.js';
import type { ActiveFault } from './faults/registry.js';
import { loadFixture } from './fixture/load.js';
import { startCourier } from './http/courier.js';
import { isLoopback } from './http/doorman.js';
import { buildServer } from './http/server.js';
import { type SandboxOptions, startSettings } from './options.js';
import type { LoggedRequest } from './record/request-log.js';
import { SandboxInputError } from './sandbox-input-error.js';
import type { SandboxSettings, SettingsInput } from './settings.js';
import { Simulation } from './simulation.js';
import type { JobDocument } from './documents/job-document.js';

/** A running local Keboola. */
export interface Sandbox<C extends SandboxClock = SandboxClock> {
  /** Address without a trailing slash, for Storage, for all Syrup apps and for Queue v2. */
  readonly url: string;
  /** The first token of the fixture: a normal one. */
  readonly token: string;
  /** The key that `/_sandbox` asks for in `X-Sandbox-Key`; undefined if only this machine calls it: then it asks for none. */
  readonly key: string | undefined;
  readonly clock: C;
  /** The latest requests, oldest first, without `/_sandbox`; at least 10,000 are kept. */
  readonly requests: readonly LoggedRequest[];
  readonly counters: Counted;
  readonly faults: {
    /** @throws SandboxInputError naming what is wrong with the fault. */
    add(fault: FaultInput): ActiveFault;
    list(): readonly ActiveFault[];
    remove(id: number): boolean;
    clear(): void;
  };
  /** Changes the given settings from now on and returns all of them. @throws SandboxInputError */
  settings(changes?: SettingsInput): Promise<Readonly<SandboxSettings>>;
  /** Documents of all jobs as they are now, oldest first. */
  jobs(): Promise<JobDocument[]>;
  /** Forgets jobs, faults, requests, counts and changed settings, and starts the ids over. The clock goes on. */
  reset(): void;
  /** Stops listening and breaks open connections. */
  close(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Starts a local Keboola of both generations on an HTTP port. Nothing stays on disk, and nothing leaves the machine.
 *
 * @throws SandboxInputError for options or a fixture that it cannot use.
 */
export function startSandbox(options?: SandboxOptions<never>): Promise<Sandbox<ControlledClock>>;
export function startSandbox<C extends SandboxClock>(options: SandboxOptions<C> & { clock: C }): Promise<Sandbox<C>>;
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const simulation = createSimulation(options);
  await simulation.catchUp();
  const host = options.host ?? '127.0.0.1';
  const publicUrl = checkedAddress(options.publicUrl);
  const key = isOpen(host, publicUrl) ? randomBytes(16).toString('hex') : undefined;
  const closing = new AbortController();
  // Every delayed answer listens to this signal; Node would warn of a leak when there are many.
  setMaxListeners(0, closing.signal);
  let url = '';
  const door = { host, publicUrl };
  const server = { simulation, origin: () => url, closing: closing.signal };
  const app = buildServer(server, { simulation, key }, door);
  await app.listen({ port: options.port ?? 0, host });
  url = options.publicUrl?.replace(/\/+$/, '') ?? addressOf(app, host);
  startCourier(server);

  return {
    url,
    key,
    clock: simulation.clock,
    faults: simulation.faults,
    token: simulation.fixture.projects[0]?.tokens[0]?.token ?? '',
    get requests() {
      return simulation.log.list();
    },
    get counters() {
      simulation.catchUpAtOnce();
      return simulation.counters.view(simulation.world.jobs.size);
    },
    settings: async (changes) => {
      if (changes !== undefined) await simulation.change(changes);
      return { ...simulation.settings };
    },
    jobs: async () => {
      await simulation.catchUp();
      return simulation.allJobs();
    },
    reset: () => simulation.reset(),
    close: async () => {
      closing.abort();
      await app.close();
      simulation.close();
    },
  };
}

function createSimulation(options: SandboxOptions): Simulation {
  const { clock, speed } = options;
  if (clock !== undefined && speed !== undefined) {
    throw new SandboxInputError("speed applies only to the sandbox's own clock; leave it out when you pass a clock");
  }
  const fixture = loadFixture(options.fixture);
  return new Simulation(
    clock ?? createClock(speed === undefined ? {} : { speed }),
    fixture,
    startSettings(options, fixture.settings),
  );
}

/** Behind a proxy, other machines call a sandbox that listens on loopback by its public address. */
function isOpen(host: string, publicUrl: string | undefined): boolean {
  const isCalledHere = publicUrl === undefined || isLoopback(URL.parse(publicUrl)?.hostname ?? '');
  return !LOOPBACK.has(host) || !isCalledHere;
}

function checkedAddress(publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined) return undefined;
  const { protocol = '', username, search, hash } = URL.parse(publicUrl) ?? {};
  // Paths are put behind it.
  if (/^https?:$/.test(protocol) && !username && !search && !hash) return publicUrl;
  throw new SandboxInputError(
    `publicUrl "${publicUrl}" is not a web address without user, "?" and "#"; expected for example http://sandbox:8787`,
  );
}

function addressOf(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  // The wildcard address cannot be called; from this machine loopback can.
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
