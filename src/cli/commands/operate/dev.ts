import type { Command } from 'commander';
import { act } from '../../act.js';
import { asTypedHere } from '../../command-name.js';
import type { Context } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';
import { QUEUE_CONNECTION, type LocalStack } from '../../local-stack.js';
import { portNumber, positiveNumber } from '../../options/numbers.js';
import { untilStopped } from '../../until-stopped.js';

interface DevOptions {
  port: number;
  uiPort: number;
  sandboxPort: number;
  speed: number;
}

export function addDev(program: Command): void {
  program
    .command('dev')
    .description('Run Temporal, a Keboola (the sandbox, unless KBC_URL is set) and a worker on this machine')
    .option('--port <n>', 'of Temporal', portNumber, 7233)
    .option('--ui-port <n>', "of Temporal's Web UI", portNumber, 8233)
    .option('--sandbox-port <n>', 'of the sandbox', portNumber, 8787)
    .option('--speed <n>', 'sandbox seconds per second', positiveNumber, 1)
    .addHelpText(
      'after',
      '\nExample:\n  keboola-temporal dev\n  keboola-temporal run ex-db sampledatabase   (in another terminal)',
    )
    .action(act(dev));
}

async function dev(context: Context, options: DevOptions): Promise<number> {
  const { installRuntime } = await import('../../../operate/run-worker.js');
  const { openLocalStack } = await import('../../local-stack.js');
  installRuntime({ logLevel: 'WARN' });
  const ports = { temporal: options.port, ui: options.uiPort, sandbox: options.sandboxPort };
  const stack = await openLocalStack(context, { ports, speed: options.speed });
  try {
    const { temporalAddress, uiUrl, sandbox } = stack;
    context.output.result({ temporalAddress, uiUrl, sandbox, taskQueue: stack.settings.taskQueue }, welcome(stack));
    const ended = await Promise.race([untilStopped(), stack.temporalEnded, stack.worker.ended]);
    if (typeof ended !== 'string') return EXIT.success;
    context.output.error(`Temporal has stopped: ${ended}`);
    return EXIT.unreachable;
  } finally {
    await stack.stop();
  }
}

/** What the settings of a shell are where nobody has set any. */
const USUAL_ADDRESS = '127.0.0.1:7233';

function welcome({ temporalAddress, temporalCli, uiUrl, sandbox, settings }: LocalStack): string {
  const [keboola] = settings.connections;
  const there = temporalAddress === USUAL_ADDRESS ? '' : `TEMPORAL_ADDRESS=${temporalAddress} `;
  const command = (words: string): string => asTypedHere(`  ${there}keboola-temporal ${words}`);
  return [
    '',
    `Temporal   ${temporalAddress}, task queue ${settings.taskQueue}`,
    `Web UI     ${uiUrl ?? '-'}`,
    sandbox ? `Keboola    sandbox at ${sandbox.url}, token ${sandbox.token}` : `Keboola    ${keboola?.url ?? ''}`,
    '',
    'In another terminal:',
    command('run ex-db sampledatabase'),
    ...(sandbox ? [command(`-c ${QUEUE_CONNECTION} run keboola.ex-http success    # on Queue v2`)] : []),
    `  ${temporalCli} workflow execute --address ${temporalAddress} --type runJob --task-queue ${settings.taskQueue} --workflow-id w1 --input '{"component":"ex-db","config":"sampledatabase"}'`,
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
}
