import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.js';
import { composeServices, type Service } from '../../support/manifests.js';
import { Processes, type Environment, type Process, type ProcessEnd } from '../../support/processes.js';
import { imageOf, type Image, type Places } from './images.js';
import { openNetwork, type Network } from './network.js';

/** The services of `deploy/compose.yaml`, as processes in a network of their own, without a container engine. */
export interface Compose {
  /** A service that has been started. */
  service(name: string): Process;
  /** As `docker compose run --rm SERVICE COMMAND…`. */
  run(service: string, command: readonly string[]): Promise<ProcessEnd>;
  /** Runs a command within the network, with the environment of a service. */
  inside(service: string, command: readonly string[]): Promise<ProcessEnd>;
  /** Everything that any of them wrote. */
  readonly words: string;
  close(): Promise<void>;
}

const RESTARTS_MAX = 60;
const END_MS_MAX = 20_000;

interface Started {
  process: Process;
  /** Once it may be relied on: at once, or when it has ended as it should. */
  isDone: Promise<void>;
}

/**
 * As `docker compose up`: each service once those that it depends on are as it wants them.
 *
 * @param more variables of a service beside those of the file.
 */
export async function openCompose(
  places: Omit<Places, 'folder'>,
  more: Record<string, Environment> = {},
): Promise<Compose> {
  const processes = new Processes({});
  const services = composeServices();
  const network = await openNetwork(processes, Object.keys(services));
  const folder = await mkdtemp(join(tmpdir(), 'keboola-temporal-compose-'));
  await chmod(folder, 0o755);
  const up = new Up(services, { ...places, folder }, network, processes, more);
  const compose: Compose = {
    service: (name) => up.processOf(name),
    run: (service, command) => up.start(service, command).end(),
    inside: (service, command) => up.spawn(service, command).end(),
    get words() {
      return processes.words;
    },
    async close() {
      // PostgreSQL's own children end with it only where it is asked.
      for (const { process } of up.started.values()) process.signal('SIGINT');
      await Promise.all([...up.started.values()].map(({ process }) => process.end(END_MS_MAX)));
      await processes.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await up.all();
    return compose;
  } catch (error) {
    const words = compose.words;
    await compose.close();
    throw new Error(words, { cause: error });
  }
}

class Up {
  readonly started = new Map<string, Started>();
  private readonly images = new Map<string, Image>();

  constructor(
    private readonly services: Record<string, Service>,
    private readonly places: Places,
    private readonly network: Network,
    private readonly processes: Processes,
    private readonly more: Record<string, Environment>,
  ) {}

  async all(): Promise<void> {
    for (const name of Object.keys(this.services)) await this.begin(name);
    await Promise.all([...this.started.values()].map(({ isDone }) => isDone));
  }

  processOf(name: string): Process {
    const started = this.started.get(name);
    if (started === undefined) throw new Error(`${name} has not been started.`);
    return started.process;
  }

  /** Runs a command as the entry point of a service's image does. */
  start(name: string, command: readonly string[]): Process {
    return this.spawn(name, [...this.imageOf(name).entrypoint, ...command]);
  }

  spawn(name: string, command: readonly string[]): Process {
    const { env, user } = this.imageOf(name);
    const set = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env, ...this.services[name]?.environment };
    return this.processes.start(...this.network.inside(command, user), { ...set, ...this.more[name] });
  }

  private async begin(name: string): Promise<void> {
    if (this.started.has(name)) return;
    const service = this.serviceOf(name);
    this.images.set(name, await imageOf(service, this.places));
    for (const [other, condition] of conditionsOf(service)) {
      await this.begin(other);
      await this.meets(other, condition);
    }
    const command = service.command ?? this.imageOf(name).command;
    const isOnce = service.restart === 'on-failure';
    const process = this.start(name, command);
    this.started.set(name, { process, isDone: isOnce ? this.untilGood(name, command, process) : Promise.resolve() });
  }

  /** As `restart: on-failure`. */
  private async untilGood(name: string, command: readonly string[], first: Process): Promise<void> {
    let { code } = await first.end();
    for (let restarts = 0; code !== 0 && restarts < RESTARTS_MAX; restarts += 1) {
      ({ code } = await this.start(name, command).end());
    }
    if (code !== 0) throw new Error(`${name} fails again and again.`);
  }

  private async meets(name: string, condition: string): Promise<void> {
    const { healthcheck } = this.serviceOf(name);
    if (condition === 'service_completed_successfully') await this.started.get(name)?.isDone;
    if (condition !== 'service_healthy') return;
    const [, ...test] = healthcheck?.test ?? [];
    await eventually(async () => {
      const { code, stderr } = await this.spawn(name, test).end();
      if (code !== 0) throw new Error(`${name} is not healthy: ${stderr}`);
    });
  }

  private serviceOf(name: string): Service {
    const service = this.services[name];
    if (service === undefined) throw new Error(`There is no service ${name}.`);
    return service;
  }

  private imageOf(name: string): Image {
    const image = this.images.get(name);
    if (image === undefined) throw new Error(`${name} has not been started.`);
    return image;
  }
}

function conditionsOf({ depends_on = [] }: Service): [string, string][] {
  if (Array.isArray(depends_on)) return depends_on.map((name) => [name, 'service_started']);
  return Object.entries(depends_on).map(([name, { condition }]) => [name, condition]);
}
