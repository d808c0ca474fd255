import { Option, type Command } from 'commander';
import { Connection } from '../../keboola/connection.js';
import { act } from '../act.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import type { LogLevel } from '../start-worker.js';
import { untilStopped } from '../until-stopped.js';
import { UsageError } from '../usage-error.js';
import { WorkerBroken } from '../watched-run.js';

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('Run a worker; it holds the Keboola token, nobody else needs one')
    .addOption(
      new Option('--log-level <level>', 'what to log')
        .choices(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'])
        .default('INFO'),
    )
    .addHelpText('after', '\nExample:\n  KBC_URL=https://connection.keboola.com KBC_TOKEN=… keboola-temporal worker')
    .action(act(worker));
}

async function worker({ settings, output }: Context, options: { logLevel: LogLevel }): Promise<number> {
  const { temporal, taskQueue, connections } = settings;
  if (connections.length === 0) {
    throw new UsageError(
      'No Keboola project: set KBC_URL and KBC_TOKEN. To try it without an account run `keboola-temporal dev`.',
    );
  }
  // A worker without a token would fail every job; better to say so at once.
  for (const connection of connections) new Connection(connection).token();
  // Loaded here, because commands that only ask need not wait for it.
  const { installRuntime, startWorker } = await import('../start-worker.js');
  installRuntime(options.logLevel);
  const running = await startWorker({ temporal, taskQueue, connections });
  const where = `task queue ${taskQueue} of ${temporal.namespace} at ${temporal.address}`;
  output.say(`Worker on ${where}. Ctrl-C stops it; its jobs go on.`);
  const signal = await Promise.race([untilStopped(), running.ended]);
  await running.stop();
  if (signal === undefined) throw new WorkerBroken('has ended by itself');
  return EXIT.success;
}
