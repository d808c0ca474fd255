import type { Command } from 'commander';
import { DEFAULT_CONNECTION, DEFAULT_TASK_QUEUE } from '../../../job/input.js';
import { compact } from '../../../job/text/document-fields.js';
import { shellQuoted, shellWord } from '../../../job/text/shell-quoted.js';
import { act } from '../../act.js';
import { asTypedHere } from '../../command-name.js';
import { traced, type Context } from '../../context.js';
import type { Telemetry } from '../../../operate/telemetry/open-telemetry.js';
import { EXIT } from '../../exit/exit-codes.js';
import { QUEUE_CONNECTION, type LocalStack } from '../../local-stack.js';
import { UsageError } from '../../exit/usage-error.js';
import { portNumber, positiveNumber } from '../../options/numbers.js';
import { untilOver } from '../../until-over.js';

interface DevOptions {
  port: number;
  uiPort: number;
  sandboxPort?: number;
  speed?: number;
}

const SANDBOX_PORT = 8787;

export function addDev(program: Command): void {
  program
    .command('dev')
    .description('Run Temporal, a Keboola (the sandbox, unless KBC_URL is set) and a worker on this machine')
    .option('--port <n>', 'port of Temporal', portNumber, 7233)
    .option('--ui-port <n>', "port of Temporal's Web UI", portNumber, 8233)
    .option('--sandbox-port <n>', `port of the sandbox (default: ${SANDBOX_PORT})`, portNumber)
    .option('--speed <n>', 'sandbox seconds per second (default: 1)', positiveNumber)
    .addHelpText(
      'after',
      '\nExample:\n  keboola-temporal dev\n  keboola-temporal run keboola.ex-http success   (in another terminal)',
    )
    .action(act(dev));
}

async function dev(context: Context, options: DevOptions): Promise<number> {
  refuseWithoutSandbox(context, options);
  return await traced(context, (telemetry) => runStack(context, options, telemetry));
}

async function runStack(
  context: Context,
  options: DevOptions,
  { tracing, onLog }: Partial<Telemetry>,
): Promise<number> {
  const { installRuntime } = await import('../../../operate/run-worker.js');
  const { openLocalStack } = await import('../../local-stack.js');
  installRuntime({ logLevel: 'WARN', ...(onLog && { onLog }) });
  const { port: temporal, uiPort: ui, sandboxPort: sandbox = SANDBOX_PORT, speed = 1 } = options;
  const ports = { temporal, ui, sandbox };
  const stack = await openLocalStack(context, { ports, speed, ...(tracing && { tracing }) });
  try {
    const { temporalAddress, uiUrl, sandbox } = stack;
    // Listen before the welcome text: it says how to stop, and a reader may do so at once.
    const over = untilOver(stack);
    context.output.result({ temporalAddress, uiUrl, sandbox, taskQueue: stack.settings.taskQueue }, welcome(stack));
    await over;
    return EXIT.success;
  } finally {
    await stack.stop();
  }
}

/** Somebody who asks for the sandbox must not end up running jobs in a real Keboola. @throws UsageError. */
function refuseWithoutSandbox({ settings }: Context, { sandboxPort, speed }: DevOptions): void {
  const asked = sandboxPort !== undefined ? '--sandbox-port' : speed !== undefined ? '--speed' : undefined;
  const [keboola] = settings.connections;
  if (asked === undefined || keboola === undefined) return;
  throw new UsageError(
    `${asked} is for the sandbox, and none is started: the settings lead to ${keboola.url}. ` +
      'Leave it out, or unset KBC_URL and KBC_CONNECTIONS_FILE.',
  );
}

/** The address that a shell without any settings uses. */
const USUAL_ADDRESS = '127.0.0.1:7233';

const OF_SANDBOX = { component: 'keboola.ex-http', config: 'success' };
/** Placeholders: what the project has is unknown until somebody runs `components`. */
const OF_PROJECT = { component: 'COMPONENT', config: 'CONFIG' };

/** The connection that a command has to name, if there is no default connection. */
function connectionToName({ connections }: LocalStack['settings']): string | undefined {
  const [first] = connections;
  return connections.some(({ name }) => name === DEFAULT_CONNECTION) ? undefined : first?.name;
}

function welcome({ temporalAddress, temporalCli, uiUrl, sandbox, settings }: LocalStack): string {
  const [keboola] = settings.connections;
  const { taskQueue } = settings;
  // The other terminal may lack the settings of this one.
  const address = temporalAddress === USUAL_ADDRESS ? '' : `TEMPORAL_ADDRESS=${temporalAddress} `;
  const there = taskQueue === DEFAULT_TASK_QUEUE ? address : `${address}KEBOOLA_TASK_QUEUE=${shellWord(taskQueue)} `;
  const command = (words: string): string => asTypedHere(`  ${there}keboola-temporal ${words}`);
  const { component, config } = sandbox ? OF_SANDBOX : OF_PROJECT;
  const connection = connectionToName(settings);
  const where = connection === undefined ? '' : `-c ${shellWord(connection)} `;
  const input = shellQuoted(JSON.stringify(compact({ component, config, connection })));
  return [
    '',
    `Temporal   ${temporalAddress}, task queue ${taskQueue}`,
    `Web UI     ${uiUrl ?? '-'}`,
    sandbox ? `Keboola    sandbox at ${sandbox.url}, token ${sandbox.token}` : `Keboola    ${keboola?.url ?? ''}`,
    '',
    'In another terminal:',
    ...(sandbox ? [] : [command(`${where}components --configurations`)]),
    command(`${where}run ${component} ${config}`),
    ...(sandbox ? [command(`-c ${QUEUE_CONNECTION} run ${component} ${config}    # on Queue v2`)] : []),
    `  ${shellWord(temporalCli)} workflow execute --address ${temporalAddress} --type runJob --task-queue ${shellWord(taskQueue)} --workflow-id w1 --input ${input}`,
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
}
