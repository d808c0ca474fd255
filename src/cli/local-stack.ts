import { defaultCacheFolder } from '../dev/install/cache-folder.js';
import { startDevStack, type DevStack } from '../dev/dev-stack.js';
import type { Report } from '../dev/report.js';
import { resolveTemporalCli } from '../dev/install/temporal-cli.js';
import { DEFAULT_CONNECTION } from '../job/input.js';
import type { ConnectionSettings } from '../keboola/connection/connection.js';
import type { Settings } from '../settings.js';
import type { WorkerTracing } from '../worker/tracing/worker-tracing.js';
import type { Context } from './context.js';
import { startWorker, type RunningWorker } from '../operate/run-worker.js';
import { reportToTerminal } from '../operate/terminal.js';

/** Leads to the sandbox's project on Queue v2. */
export const QUEUE_CONNECTION = 'queue';
/** As docs/sandbox.md names it; it opens nothing but a sandbox. */
const QUEUE_TOKEN = '5555-1-queue';

export interface LocalStackOptions {
  ports?: { temporal: number; ui: number; sandbox: number };
  /** Sandbox seconds per second. */
  speed: number;
  /** Uses the sandbox even where a Keboola project is configured. */
  sandboxOnly?: boolean;
  /** See `WorkerWanted`. */
  tracing?: WorkerTracing;
}

export interface LocalStack extends DevStack {
  worker: RunningWorker;
  /** Where Temporal's own command line is; nobody else may have it on the path. */
  temporalCli: string;
  /** Settings by which a client reaches this stack. */
  settings: Settings;
}

/** Temporal, a Keboola and a worker on this machine; the sandbox is the Keboola unless a project is configured. */
export async function openLocalStack(context: Context, options: LocalStackOptions): Promise<LocalStack> {
  const { settings } = context;
  const report: Report = context.output.json ? () => undefined : reportToTerminal();
  const { path, temporalCliPath } = settings.tools;
  const cacheFolder = defaultCacheFolder({ HOME: settings.tools.home, XDG_CACHE_HOME: settings.tools.xdgCacheHome });
  const cli = await resolveTemporalCli({ temporalCliPath, path, cacheFolder, report });
  const useSandbox = options.sandboxOnly === true || settings.connections.length === 0;
  let worker: RunningWorker | undefined;
  let local = settings;
  const stack = await startDevStack({
    cli: cli.path,
    report,
    ...(options.ports && { ports: options.ports }),
    ...(useSandbox && { sandbox: { speed: options.speed } }),
    startWorker: async ({ temporalAddress, sandbox }) => {
      const connections = sandbox ? sandboxConnections(sandbox) : settings.connections;
      local = { ...settings, connections, temporal: temporalAt(temporalAddress) };
      worker = await startWorker({ ...local, ...(options.tracing && { tracing: options.tracing }) });
      return worker;
    },
  });
  return { ...stack, temporalCli: cli.path, settings: local, worker: worker as RunningWorker };
}

/** Both of its normal projects: one for each of the job APIs that Keboola has. */
function sandboxConnections({ url, token }: { url: string; token: string }): ConnectionSettings[] {
  return [
    { name: DEFAULT_CONNECTION, url, filesUrl: url, token: () => token },
    { name: QUEUE_CONNECTION, url, filesUrl: url, token: () => QUEUE_TOKEN },
  ];
}

/** A server of our own has no TLS and no key, whatever the environment says of another one. */
function temporalAt(address: string): Settings['temporal'] {
  return { address, namespace: 'default', connectionOptions: { address } };
}
