import type { Command } from 'commander';
import type { ConnectionSettings } from '../../../keboola/connection/connection.js';
import type { RunningWorker } from '../../../operate/run-worker.js';
import { isTold } from '../../../operate/service/log-levels.js';
import type { Telemetry, TelemetryWanted } from '../../../operate/telemetry/open-telemetry.js';
import { withTelemetry } from '../../../operate/telemetry/with-telemetry.js';
import { WorkerBroken } from '../../../operate/watched-run.js';
import { readFilesPlace, type Settings } from '../../../settings.js';
import { requireAll } from '../../doctor/look-at-connections.js';
import { EXIT } from '../../exit/exit-codes.js';
import { Interrupted } from '../../exit/interrupted.js';
import { UsageError } from '../../exit/usage-error.js';
import {
  addWorkerOptions,
  runtimeWanted,
  workerWanted,
  type WorkerCommandOptions,
} from '../../options/worker-options.js';
import { actAsWorker } from '../../service/act-as-worker.js';
import { effectiveSettings, settingsText, type Effective } from '../../service/effective-settings.js';
import { logAsJson } from '../../service/log-as-json.js';
import { looksAt } from '../../doctor/looks-at.js';
import { requirePorts } from '../../service/require-ports.js';
import { requireTokens } from '../../service/require-tokens.js';
import { workerDocument } from '../../service/worker-document.js';
import { workerSettings } from '../../service/worker-settings.js';
import { payloadKeysText } from '../../text/payload-keys-text.js';
import type { Output } from '../../text/output.js';
import { untilStopped } from '../../until-stopped.js';

/** How long a stopping worker may wait for an OTLP collector; it fits into the time that a container gets to stop. */
const TELL_MS_MAX = 3_000;

export function addWorker(program: Command): void {
  addWorkerOptions(program.command('worker').description('Run a worker; it alone needs the Keboola token'))
    .addHelpText('after', '\nExample:\n  KBC_URL=https://connection.keboola.com KBC_TOKEN=… keboola-temporal worker')
    .action(actAsWorker(worker));
}

async function worker(output: Output, command: Command): Promise<number> {
  // Do this first: the first process of a container (PID 1) gets no signal that it does not listen for.
  const stopped = untilStopped();
  const { settings, options } = workerSettings(command);
  if (options.logFormat === 'json') logAsJson(output, options.logLevel);
  requireProject(settings.connections);
  requireTokens(settings.connections);
  const untilBegun = givenUp(stopped);
  await untilBegun.race(requirePorts(options));
  const { WorkerLog } = await import('../../../operate/service/worker-log.js');
  const log = new WorkerLog(options.logLevel, options.logFormat);
  const wanted: TelemetryWanted = { tell: (level, sentence) => log.log(level, sentence), closeMsMax: TELL_MS_MAX };
  const effective = effectiveSettings(command, settings, readFilesPlace());
  return await withTelemetry(settings.otlp, wanted, async (telemetry) => {
    const serving = { output, settings, options, effective, telemetry };
    const running = await untilBegun.race(begin(serving, untilBegun.signal));
    await tellUp(serving, running);
    return await serve(running, stopped);
  });
}

function requireProject(connections: readonly ConnectionSettings[]): void {
  if (connections.length > 0) return;
  throw new UsageError(
    'No Keboola project: set KBC_URL and KBC_TOKEN. To try it without an account run `keboola-temporal dev`.',
  );
}

/** Gives up the start as soon as somebody asks to stop: a worker that has not begun has no work to finish. */
function givenUp(stopped: Promise<number>): { signal: AbortSignal; race: <T>(work: Promise<T>) => Promise<T> } {
  const over = new AbortController();
  const giveUp = stopped.then((code) => {
    over.abort();
    throw new Interrupted('the worker was stopped before it started; it took on no work.', code);
  });
  // Once the worker has begun, nobody awaits this promise.
  giveUp.catch(() => undefined);
  return { signal: over.signal, race: (work) => Promise.race([work, giveUp]) };
}

interface Serving {
  output: Output;
  settings: Settings;
  options: WorkerCommandOptions;
  effective: readonly Effective[];
  telemetry: Partial<Telemetry>;
}

async function begin(
  { settings, options, effective, telemetry }: Serving,
  givenUp: AbortSignal,
): Promise<RunningWorker> {
  const { temporal, taskQueue, connections, payloadKeys, proxy } = settings;
  // Loaded here, so that the commands that only ask a worker do not wait for it.
  const { installRuntime, startWorker, tellOfLook } = await import('../../../operate/run-worker.js');
  const { tellOfOtherWorkers } = await import('../../../operate/other-workers.js');
  const { tellStart } = await import('../../../operate/service/tell-start.js');
  if (isTold('INFO', options.logLevel)) {
    const text = options.logFormat === 'json' ? 'Settings' : settingsText(effective);
    tellStart(options.logFormat, text, { settings: effective });
  }
  installRuntime({ ...runtimeWanted(options), ...(telemetry.onLog && { onLog: telemetry.onLog }) });
  const looks = looksAt(connections, proxy, tellOfLook);
  if (options.strict) requireAll(await looks.looked);
  const running = await startWorker({
    temporal,
    taskQueue,
    connections,
    payloadKeys,
    ...looks,
    givenUp,
    ...workerWanted(options),
    ...(telemetry.tracing && { tracing: telemetry.tracing }),
  });
  // Not awaited either.
  void tellOfOtherWorkers(settings, { identity: running.identity, looked: looks.looked });
  return running;
}

/** Announces in the log that the worker is up and, with `--json`, tells programs. */
async function tellUp({ output, settings, options, effective }: Serving, running: RunningWorker): Promise<void> {
  const { tellStart } = await import('../../../operate/service/tell-start.js');
  const { taskQueue, temporal, payloadKeys } = settings;
  const say = (text: string): void => tellStart(options.logFormat, text);
  const where = `task queue ${taskQueue} of ${temporal.namespace} at ${temporal.address}`;
  say(`Worker on ${where}. Ctrl-C stops it; its jobs go on.`);
  if (payloadKeys.ids.length > 0) say(payloadKeysText(payloadKeys));
  if (running.healthUrl !== undefined) say(`Probes at ${running.healthUrl}/healthz and /readyz.`);
  if (output.json) output.result(workerDocument(settings, options, effective, running), '');
}

/** Waits until the worker ends. */
async function serve(running: RunningWorker, stopped: Promise<number>): Promise<number> {
  const signal = await Promise.race([stopped, running.ended]);
  await running.stop();
  if (signal === undefined) throw new WorkerBroken('has ended by itself');
  return EXIT.success;
}
