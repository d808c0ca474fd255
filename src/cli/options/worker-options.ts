import { Option, type Command } from 'commander';
import type { WorkerOptions } from '@temporalio/worker';
import type { RuntimeWanted, WorkerWanted } from '../../operate/run-worker.js';
import { countUpTo, portNumber } from './numbers.js';

const SLOTS_MAX = 10_000;
const CACHED_MAX = 1_000_000;
/** Temporal's SDK makes two of one, as long as it keeps workflows in memory; it takes no more tasks than it keeps workflows. */
const TASKS_MIN = 2;
/** A worker that has not ended ten seconds later is ended by force. */
const GRACE_SECONDS_MAX = 100;
const PORT_MAX = 65_535;
const THIS_MACHINE = '127.0.0.1';

export interface WorkerCommandOptions {
  logLevel: RuntimeWanted['logLevel'];
  logFormat: NonNullable<RuntimeWanted['logFormat']>;
  strict?: boolean;
  identity?: string;
  maxConcurrentActivities?: number;
  maxConcurrentWorkflowTasks?: number;
  maxCachedWorkflows?: number;
  shutdownGraceSeconds?: number;
  healthPort?: number;
  healthHost: string;
  metricsPort?: number;
  metricsHost: string;
}

/** Each of these can also be a variable of the environment; what is typed wins over it. */
export function addWorkerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--log-level <level>', 'what to log')
        .choices(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'])
        .default('INFO')
        .env('KEBOOLA_LOG_LEVEL'),
    )
    .addOption(
      new Option('--log-format <format>', 'lines for people, or one JSON object each')
        .choices(['pretty', 'json'])
        .default('pretty')
        .env('KEBOOLA_LOG_FORMAT'),
    )
    .option('--strict', 'leave at once when a connection cannot be used: 2 if it is refused, 7 if nobody answers')
    .addOption(new Option('--identity <name>', 'how Temporal shows this worker').env('KEBOOLA_WORKER_IDENTITY'))
    .addOption(
      number('--max-concurrent-activities <n>', 'calls to Keboola at once', 'KEBOOLA_MAX_CONCURRENT_ACTIVITIES'),
    )
    .addOption(
      number(
        '--max-concurrent-workflow-tasks <n>',
        'workflows that decide at once, 2 at least',
        'KEBOOLA_MAX_CONCURRENT_WORKFLOW_TASKS',
        { min: TASKS_MIN },
      ),
    )
    .addOption(
      number('--max-cached-workflows <n>', 'waiting jobs kept in memory', 'KEBOOLA_MAX_CACHED_WORKFLOWS', {
        min: TASKS_MIN,
        max: CACHED_MAX,
      }),
    )
    .addOption(
      number(
        '--shutdown-grace-seconds <n>',
        'how long a worker that stops waits for its activities, 100 at most; an answer to a creation may take 90',
        'KEBOOLA_SHUTDOWN_GRACE_SECONDS',
        { max: GRACE_SECONDS_MAX },
      ),
    )
    .addOption(port('--health-port <n>', 'answer GET /healthz and /readyz here', 'KEBOOLA_HEALTH_PORT'))
    .addOption(host('--health-host <host>', 'where /healthz is served', 'KEBOOLA_HEALTH_HOST'))
    .addOption(
      number('--metrics-port <n>', 'serve /metrics for Prometheus here', 'KEBOOLA_METRICS_PORT', { max: PORT_MAX }),
    )
    .addOption(host('--metrics-host <host>', 'where /metrics is served', 'KEBOOLA_METRICS_HOST'));
}

/** What of the options is for the whole process. */
export function runtimeWanted({ logLevel, logFormat, metricsPort, metricsHost }: WorkerCommandOptions): RuntimeWanted {
  const metrics = metricsPort === undefined ? {} : { metricsAddress: addressOf(metricsHost, metricsPort) };
  return { logLevel, logFormat, ...metrics };
}

/** What of the options is for the worker. */
export function workerWanted(options: WorkerCommandOptions): Pick<WorkerWanted, 'worker' | 'health'> {
  const { identity, maxCachedWorkflows, healthPort: port, healthHost: host } = options;
  const worker: Partial<WorkerOptions> = {
    ...(identity !== undefined && { identity }),
    ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
    ...slots(options),
    ...(options.shutdownGraceSeconds !== undefined && { shutdownGraceTime: options.shutdownGraceSeconds * 1_000 }),
  };
  return { worker, ...(port !== undefined && { health: { port, host } }) };
}

function slots({
  maxConcurrentActivities: activities,
  maxConcurrentWorkflowTasks: tasks,
}: WorkerCommandOptions): Partial<WorkerOptions> {
  return {
    ...(activities !== undefined && { maxConcurrentActivityTaskExecutions: activities }),
    ...(tasks !== undefined && { maxConcurrentWorkflowTaskExecutions: tasks }),
  };
}

function number(
  flags: string,
  description: string,
  variable: string,
  { min = 1, max = SLOTS_MAX }: { min?: number; max?: number } = {},
): Option {
  return new Option(flags, description).argParser(countUpTo(max, min)).env(variable);
}

function port(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).argParser(portNumber).env(variable);
}

function host(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).default(THIS_MACHINE).env(variable);
}

function addressOf(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
