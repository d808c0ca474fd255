import type { Command } from 'commander';
import type { ConnectionReport } from '../../../job/questions.js';
import { Connection } from '../../../keboola/connection/connection.js';
import { act } from '../../act.js';
import type { Context } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';
import { lookAtConnections, requireAll } from '../../doctor/look-at-connections.js';
import { assertPortFree, assertCanListen } from '../../../dev/ports.js';
import {
  addWorkerOptions,
  runtimeWanted,
  workerWanted,
  type WorkerCommandOptions,
} from '../../options/worker-options.js';
import type { Settings } from '../../../settings.js';
import { effectiveSettings, settingsText } from '../../service/effective-settings.js';
import { workerSettings } from '../../service/worker-settings.js';
import { payloadKeysText } from '../../text/payload-keys-text.js';
import { untilStopped } from '../../until-stopped.js';
import { UsageError } from '../../exit/usage-error.js';
import type { Telemetry, TelemetryWanted } from '../../../operate/telemetry/open-telemetry.js';
import { withTelemetry } from '../../../operate/telemetry/with-telemetry.js';
import { WorkerBroken } from '../../../operate/watched-run.js';

/** Who wants these to be told alone does not want to hear what is in force. */
const QUIET: readonly WorkerCommandOptions['logLevel'][] = ['WARN', 'ERROR'];

/** How long the end of a worker may wait for a collector: within what a container is given to end. */
const TELL_MS_MAX = 3_000;

export function addWorker(program: Command): void {
  const command = addWorkerOptions(
    program.command('worker').description('Run a worker; it holds the Keboola token, nobody else needs one'),
  );
  command
    .addHelpText('after', '\nExample:\n  KBC_URL=https://connection.keboola.com KBC_TOKEN=… keboola-temporal worker')
    .action(act((context) => worker(context, command)));
}

/** @throws UsageError where both are one port; PortInUseError at once; Temporal's own server of metrics would tell it into the log, and go on without. */
async function assertPortsFree({ healthPort, metricsPort, metricsHost }: WorkerCommandOptions): Promise<void> {
  const likely = 'another worker';
  if (healthPort && healthPort === metricsPort) {
    throw new UsageError(`--health-port and --metrics-port are both ${healthPort}; give each a port of its own.`);
  }
  if (healthPort) await assertPortFree(healthPort, { likely, option: '--health-port' });
  if (metricsPort) {
    await assertPortFree(metricsPort, { likely, option: '--metrics-port' });
    await assertCanListen(metricsPort, metricsHost, { likely, option: '--metrics-host' });
  }
}

async function worker(context: Context, command: Command): Promise<number> {
  const { settings, options } = workerSettings(command);
  const { connections } = settings;
  if (connections.length === 0) {
    throw new UsageError(
      'No Keboola project: set KBC_URL and KBC_TOKEN. To try it without an account run `keboola-temporal dev`.',
    );
  }
  // A worker without a token would fail every job; better to say so at once.
  for (const connection of connections) new Connection(connection).token();
  await assertPortsFree(options);
  const { WorkerLog } = await import('../../../operate/service/worker-log.js');
  const log = new WorkerLog(options.logLevel, options.logFormat);
  const wanted: TelemetryWanted = { tell: (level, sentence) => log.log(level, sentence), closeMsMax: TELL_MS_MAX };
  return await withTelemetry(settings.otlp, wanted, (telemetry) =>
    serve(context, command, { settings, options, telemetry }),
  );
}

interface Serving {
  settings: Settings;
  options: WorkerCommandOptions;
  telemetry: Partial<Telemetry>;
}

/** Runs the worker to its end. */
async function serve(
  { output }: Context,
  command: Command,
  { settings, options, telemetry }: Serving,
): Promise<number> {
  const { temporal, taskQueue, connections, payloadKeys } = settings;
  // Loaded here, because commands that only ask need not wait for it.
  const { installRuntime, startWorker, tellOfLook } = await import('../../../operate/run-worker.js');
  const { tellOfOtherWorkers } = await import('../../../operate/other-workers.js');
  const { tellStart } = await import('../../../operate/service/tell-start.js');
  const say = (text: string, facts?: object): void => {
    if (!output.json) tellStart(options.logFormat, text, facts);
  };
  if (!QUIET.includes(options.logLevel)) {
    const effective = effectiveSettings(command, settings);
    say(options.logFormat === 'json' ? 'Settings' : settingsText(effective), { settings: effective });
  }
  installRuntime({ ...runtimeWanted(options), ...(telemetry.onLog && { onLog: telemetry.onLog }) });
  const look = lookAtConnections(connections, settings.proxy, tellOfLook);
  if (options.strict) requireAll(await look);
  // Nobody waits for it: a Keboola that does not answer now may do so later.
  look.catch(() => undefined);
  const lookAgain = (names: readonly string[]): Promise<ConnectionReport[]> => {
    const some = connections.filter(({ name }) => names.includes(name));
    return lookAtConnections(some, settings.proxy, (report) => report.project && tellOfLook(report));
  };
  const running = await startWorker({
    ...{ temporal, taskQueue, connections, payloadKeys, looked: look, look: lookAgain },
    ...workerWanted(options),
    ...(telemetry.tracing && { tracing: telemetry.tracing }),
  });
  const where = `task queue ${taskQueue} of ${temporal.namespace} at ${temporal.address}`;
  // Before it is said: whoever reads that may send a signal in the same instant.
  const stopped = untilStopped();
  // Nobody waits for that either.
  void tellOfOtherWorkers(settings, look);
  say(`Worker on ${where}. Ctrl-C stops it; its jobs go on.`);
  if (payloadKeys.ids.length > 0) say(payloadKeysText(payloadKeys));
  if (running.healthUrl !== undefined) say(`Probes at ${running.healthUrl}/healthz and /readyz.`);
  const signal = await Promise.race([stopped, running.ended]);
  await running.stop();
  if (signal === undefined) throw new WorkerBroken('has ended by itself');
  return EXIT.success;
}
