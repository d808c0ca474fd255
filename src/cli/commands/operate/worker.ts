import { Option, type Command } from 'commander';
import { Connection } from '../../../keboola/connection/connection.js';
import { act } from '../../act.js';
import type { Context } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';
import type { LogLevel } from '../../../operate/run-worker.js';
import { lookAtConnections, requireAll } from '../../doctor/look-at-connections.js';
import { untilStopped } from '../../until-stopped.js';
import { UsageError } from '../../exit/usage-error.js';
import { WorkerBroken } from '../../../operate/watched-run.js';

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('Run a worker; it holds the Keboola token, nobody else needs one')
    .addOption(
      new Option('--log-level <level>', 'what to log')
        .choices(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'])
        .default('INFO'),
    )
    .option('--strict', 'leave at once when a connection cannot be used: 2 if it is refused, 7 if nobody answers')
    .addHelpText('after', '\nExample:\n  KBC_URL=https://connection.keboola.com KBC_TOKEN=… keboola-temporal worker')
    .action(act(worker));
}

interface Options {
  logLevel: LogLevel;
  strict?: boolean;
}

async function worker({ settings, output }: Context, options: Options): Promise<number> {
  const { temporal, taskQueue, connections } = settings;
  if (connections.length === 0) {
    throw new UsageError(
      'No Keboola project: set KBC_URL and KBC_TOKEN. To try it without an account run `keboola-temporal dev`.',
    );
  }
  // A worker without a token would fail every job; better to say so at once.
  for (const connection of connections) new Connection(connection).token();
  // Loaded here, because commands that only ask need not wait for it.
  const { installRuntime, startWorker, tellOfLook } = await import('../../../operate/run-worker.js');
  installRuntime(options.logLevel);
  const look = lookAtConnections(connections, settings.proxy, tellOfLook);
  if (options.strict) requireAll(await look);
  // Nobody waits for it: a Keboola that does not answer now may do so later.
  look.catch(() => undefined);
  const running = await startWorker({ temporal, taskQueue, connections });
  const where = `task queue ${taskQueue} of ${temporal.namespace} at ${temporal.address}`;
  // Before it is said: whoever reads that may send a signal in the same instant.
  const stopped = untilStopped();
  output.say(`Worker on ${where}. Ctrl-C stops it; its jobs go on.`);
  const signal = await Promise.race([stopped, running.ended]);
  await running.stop();
  if (signal === undefined) throw new WorkerBroken('has ended by itself');
  return EXIT.success;
}
