import { SEARCH_ATTRIBUTES } from '../job/search-attributes.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/index.js';
import { type DevServer, startDevServer } from './dev-server.js';
import { assertPortFree } from './ports.js';
import type { Report } from './report.js';

export interface DevStackOptions {
  /** Path of the Temporal CLI; see `resolveTemporalCli`. */
  cli: string;
  /** Free ones when left out; a given one that is taken is an error. */
  ports?: { temporal?: number | undefined; ui?: number | undefined; sandbox?: number | undefined };
  /** Without Web UI. */
  headless?: boolean;
  /** Keeps Temporal's workflows in this file; in memory when left out. The sandbox keeps nothing in any case. */
  dbFilename?: string;
  /** Starts a local Keboola. Left out, none is started: the worker talks to a real one. */
  sandbox?: Omit<SandboxOptions<never>, 'port'>;
  /** Starts the worker once everything that it needs is there. */
  startWorker: (addresses: DevStackAddresses) => Promise<Stoppable>;
  report?: Report;
}

export interface DevStackAddresses {
  /** host:port of Temporal. */
  temporalAddress: string;
  uiUrl?: string;
  sandbox?: { url: string; token: string };
}

export interface Stoppable {
  stop(): Promise<void>;
}

export interface DevStack extends DevStackAddresses {
  /** Resolves with a sentence when the Temporal server has ended, by `stop()` or by itself; never rejects. */
  readonly temporalEnded: Promise<string>;
  /** Stops the worker, then the sandbox, then the server. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a Temporal dev server, a sandbox and a worker between them. If one of them does not start, those before it are
 * stopped again.
 *
 * @throws PortInUseError, ServerStartError, SandboxInputError, and whatever `startWorker` throws.
 */
export async function startDevStack(options: DevStackOptions): Promise<DevStack> {
  const started: Stoppable[] = [];
  const stop = () => stopAll(started);
  try {
    const server = await startTemporal(options);
    started.push(server);
    const sandbox = await startKeboola(options);
    if (sandbox !== undefined) started.push({ stop: () => sandbox.close() });
    const addresses: DevStackAddresses = {
      temporalAddress: server.address,
      ...(server.uiUrl === undefined ? {} : { uiUrl: server.uiUrl }),
      ...(sandbox === undefined ? {} : { sandbox: { url: sandbox.url, token: sandbox.token } }),
    };
    started.push(await options.startWorker(addresses));
    return { ...addresses, temporalEnded: server.ended, stop };
  } catch (error) {
    // What went wrong with the start counts, not what goes wrong while stopping.
    await stop().catch(() => undefined);
    throw error;
  }
}

function startTemporal({ cli, ports, headless, dbFilename, report }: DevStackOptions): Promise<DevServer> {
  return startDevServer({
    cli,
    searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword'])),
    ...(ports?.temporal === undefined ? {} : { port: ports.temporal }),
    ...(ports?.ui === undefined ? {} : { uiPort: ports.ui }),
    ...(headless === undefined ? {} : { headless }),
    ...(dbFilename === undefined ? {} : { dbFilename }),
    ...(report === undefined ? {} : { report }),
  });
}

async function startKeboola({ sandbox: options, ports, report }: DevStackOptions): Promise<Sandbox | undefined> {
  if (options === undefined) return undefined;
  const port = ports?.sandbox;
  if (port !== undefined) await assertPortFree(port, { likely: 'another sandbox', option: '--sandbox-port' });
  const sandbox = await startSandbox({ ...options, ...(port === undefined ? {} : { port }) });
  report?.(`Keboola sandbox ready on ${sandbox.url}`);
  return sandbox;
}

/** Stops in reverse order; if one fails to stop, the others are stopped all the same. */
async function stopAll(started: Stoppable[]): Promise<void> {
  const failures: unknown[] = [];
  for (let last = started.pop(); last !== undefined; last = started.pop()) {
    await last.stop().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
}
