import { Option, type Command } from 'commander';
import type { WorkerOptions } from '@temporalio/worker';
import type { RuntimeWanted, WorkerWanted } from '../../operate/run-worker.js';
import { POST_MS_MAX } from '../../job/times/requests.js';
import { isEmptyVariable } from '../../settings.js';
import { GRACE_MS_DEFAULT } from '../../worker/worker-defaults.js';
import { countUpTo, ipAddress, metricsPort, portNumber, yesOrNo } from './numbers.js';

const SLOTS_MAX = 10_000;
const CACHED_MAX = 1_000_000;
/**
 * While Temporal's SDK caches workflows, it makes two slots of one; it takes no more tasks than it caches workflows.
 */
const TASKS_MIN = 2;
/** A worker that has not ended ten seconds after this is ended by force. */
const GRACE_SECONDS_MAX = GRACE_MS_DEFAULT / 1_000;
const THIS_MACHINE = '127.0.0.1';

export interface WorkerCommandOptions {
  configFile?: string;
  taskQueue?: string;
  namespace?: string;
  address?: string;
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
  otlpEndpoint?: string;
}

/** Each option can also be an environment variable or stand in the file. The command line wins, then the variable. */
export function addWorkerOptions(command: Command): Command {
  return withoutEmpty(withLimits(withPorts(withPlaces(command))));
}

/** Commander would take an empty variable for a value. */
function withoutEmpty(command: Command): Command {
  for (const option of command.options) {
    if (option.envVar !== undefined && isEmptyVariable(option.envVar)) delete option.envVar;
  }
  return command;
}

function withLimits(command: Command): Command {
  return command
    .addOption(
      new Option('--log-level <level>', 'least severe level to log')
        .choices(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'])
        .default('INFO')
        .env('KEBOOLA_LOG_LEVEL'),
    )
    .addOption(
      new Option('--log-format <format>', 'readable lines, or one JSON object per line')
        .choices(['pretty', 'json'])
        .default('pretty')
        .env('KEBOOLA_LOG_FORMAT'),
    )
    .addOption(
      new Option(
        '--strict [yes]',
        'exit at once if a connection cannot be used: with 2 if it is refused, with 7 if nothing answers',
      )
        .preset('true')
        .argParser(yesOrNo)
        .env('KEBOOLA_STRICT'),
    )
    .addOption(new Option('--identity <name>', 'how Temporal shows this worker').env('KEBOOLA_WORKER_IDENTITY'))
    .addOption(
      number(
        '--max-concurrent-activities <n>',
        'most activities (calls to Keboola) at once',
        'KEBOOLA_MAX_CONCURRENT_ACTIVITIES',
      ),
    )
    .addOption(
      number(
        '--max-concurrent-workflow-tasks <n>',
        'most workflow tasks at once, 2 at least',
        'KEBOOLA_MAX_CONCURRENT_WORKFLOW_TASKS',
        { min: TASKS_MIN },
      ),
    )
    .addOption(
      number(
        '--max-cached-workflows <n>',
        'most workflows (waiting jobs) kept in memory',
        'KEBOOLA_MAX_CACHED_WORKFLOWS',
        {
          min: TASKS_MIN,
          max: CACHED_MAX,
        },
      ),
    )
    .addOption(
      number(
        '--shutdown-grace-seconds <n>',
        `how long a stopping worker waits for its activities, ${GRACE_SECONDS_MAX} at most; creating a job may take ${POST_MS_MAX / 1_000}`,
        'KEBOOLA_SHUTDOWN_GRACE_SECONDS',
        { max: GRACE_SECONDS_MAX },
      ),
    );
}

function withPlaces(command: Command): Command {
  return command
    .addOption(new Option('--config-file <file>', 'settings as YAML or JSON').env('KEBOOLA_TEMPORAL_CONFIG'))
    .addOption(new Option('--task-queue <name>', 'task queue to take work from').env('KEBOOLA_TASK_QUEUE'))
    .addOption(new Option('--namespace <name>', "Temporal's namespace").env('TEMPORAL_NAMESPACE'))
    .addOption(new Option('--address <host:port>', 'address of Temporal').env('TEMPORAL_ADDRESS'));
}

function withPorts(command: Command): Command {
  return command
    .addOption(
      new Option('--health-port <n>', 'answer GET /healthz and /readyz here')
        .argParser(portNumber)
        .env('KEBOOLA_HEALTH_PORT'),
    )
    .addOption(host('--health-host <host>', 'where /healthz is served', 'KEBOOLA_HEALTH_HOST'))
    .addOption(
      new Option('--metrics-port <n>', 'serve /metrics for Prometheus here')
        .argParser(metricsPort)
        .env('KEBOOLA_METRICS_PORT'),
    )
    .addOption(
      host('--metrics-host <address>', 'where /metrics is served', 'KEBOOLA_METRICS_HOST').argParser(ipAddress),
    )
    .addOption(
      new Option('--otlp-endpoint <url>', "send traces and logs to OpenTelemetry's collector at this address").env(
        'OTEL_EXPORTER_OTLP_ENDPOINT',
      ),
    );
}

/** The options that concern the whole process. */
export function runtimeWanted({ logLevel, logFormat, metricsPort, metricsHost }: WorkerCommandOptions): RuntimeWanted {
  const metrics = metricsPort === undefined ? {} : { metricsAddress: addressOf(metricsHost, metricsPort) };
  return { logLevel, logFormat, ...metrics };
}

/** The options that concern the worker. */
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

function host(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).default(THIS_MACHINE).env(variable);
}

function addressOf(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
