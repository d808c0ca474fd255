import { defaultCacheFolder } from '../dev/install/cache-folder.js';
import { startDevStack, type DevStack, type DevStackOptions } from '../dev/dev-stack.js';
import type { Report } from '../dev/report.js';
import { resolveTemporalCli } from '../dev/install/temporal-cli.js';
import { DEFAULT_CONNECTION } from '../job/input.js';
import type { ConnectionReport } from '../job/questions.js';
import type { ConnectionSettings } from '../keboola/connection/connection.js';
import type { Settings } from '../settings.js';
import type { WorkerTracing } from '../worker/tracing/worker-tracing.js';
import type { Context } from './context.js';
import { startWorker, tellOfLook, type RunningWorker } from '../operate/run-worker.js';
import { reportToTerminal } from '../operate/terminal.js';
import { looksAt } from './doctor/looks-at.js';

/** The connection to the sandbox's project on Queue v2. */
export const QUEUE_CONNECTION = 'queue';
/** The token that docs/sandbox.md names; it opens nothing but a sandbox. */
const QUEUE_TOKEN = '5555-1-queue';

export interface LocalStackOptions {
  ports?: NonNullable<DevStackOptions['ports']>;
  /** Sandbox seconds per second. */
  speed: number;
  /** Uses the sandbox even if a Keboola project is configured. */
  sandboxOnly?: boolean;
  /** See `WorkerWanted`. */
  tracing?: WorkerTracing;
}

export interface LocalStack extends DevStack {
  worker: RunningWorker;
  /** Path of Temporal's own CLI, which may not be on the user's PATH. */
  temporalCli: string;
  /** Settings with which a client reaches this stack. */
  settings: Settings;
  /** What a look at the configured projects has shown; absent if the sandbox is the Keboola. */
  looked?: Promise<ConnectionReport[]>;
}

/**
 * Starts Temporal, a Keboola and a worker on this machine. Without a configured project, the sandbox is the Keboola.
 */
export async function openLocalStack(context: Context, options: LocalStackOptions): Promise<LocalStack> {
  const { settings } = context;
  const report: Report = context.output.json ? () => undefined : reportToTerminal();
  const { path, temporalCliPath } = settings.tools;
  const cacheFolder = defaultCacheFolder({ HOME: settings.tools.home, XDG_CACHE_HOME: settings.tools.xdgCacheHome });
  const cli = await resolveTemporalCli({ temporalCliPath, path, cacheFolder, report });
  const useSandbox = options.sandboxOnly === true || settings.connections.length === 0;
  const looks = useSandbox ? undefined : looksAt(settings.connections, settings.proxy, tellOfLook);
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
      worker = await startWorker({ ...local, ...looks, ...(options.tracing && { tracing: options.tracing }) });
      return worker;
    },
  });
  let hasEnded = false;
  void stack.temporalEnded.then(() => (hasEnded = true));
  return {
    ...stack,
    temporalCli: cli.path,
    settings: local,
    worker: worker as RunningWorker,
    ...(looks && { looked: looks.looked }),
    // Without Temporal a worker takes ten seconds to stop, and has nothing to hand over: the end of the process is enough.
    stop: async () => {
      if (!hasEnded) await stack.stop();
    },
  };
}

/** The sandbox's two normal projects: one for each of Keboola's job APIs. */
function sandboxConnections({ url, token }: { url: string; token: string }): ConnectionSettings[] {
  return [
    { name: DEFAULT_CONNECTION, url, filesUrl: url, token: () => token },
    { name: QUEUE_CONNECTION, url, filesUrl: url, token: () => QUEUE_TOKEN },
  ];
}

/** Our own server has no TLS and no API key, whatever the environment says of another server. */
function temporalAt(address: string): Settings['temporal'] {
  return { address, namespace: 'default', connectionOptions: { address } };
}
