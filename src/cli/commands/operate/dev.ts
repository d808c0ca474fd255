import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ConnectionReport } from '../../../job/questions.js';
import { strayToken } from '../../../settings.js';
import { act } from '../../act.js';
import { traced, type Context } from '../../context.js';
import type { Telemetry } from '../../../operate/telemetry/open-telemetry.js';
import { EXIT } from '../../exit/exit-codes.js';
import type { LocalStack, LocalStackOptions } from '../../local-stack.js';
import { UsageError } from '../../exit/usage-error.js';
import { portNumber, positiveNumber } from '../../options/numbers.js';
import { requireTokens } from '../../service/require-tokens.js';
import { welcome } from '../../text/stack-text.js';
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
  refuseOnePortForTwo(options);
  requireTokens(context.settings.connections);
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
  const stack = await openLocalStack(context, {
    ports: portsOf(options),
    speed: options.speed ?? 1,
    ...(tracing && { tracing }),
  });
  try {
    const { temporalAddress, uiUrl, sandbox } = stack;
    // Listen before the welcome text: it says how to stop, and a reader may do so at once.
    const over = untilOver(stack);
    const connections = await Promise.race([looked(stack), over.then(() => undefined)]);
    const { taskQueue } = stack.settings;
    const facts = { temporalAddress, uiUrl, sandbox, taskQueue, ...(connections && { connections }) };
    context.output.result(facts, welcome(stack, connections));
    const stray = sandbox && strayToken();
    if (stray) context.output.warn(`${stray} is set without KBC_URL: this Keboola is the sandbox, not your project.`);
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

/** Port 0 means any free port. */
function portsOf({ port, uiPort, sandboxPort = SANDBOX_PORT }: DevOptions): NonNullable<LocalStackOptions['ports']> {
  return { temporal: port || undefined, ui: uiPort || undefined, sandbox: sandboxPort || undefined };
}

/** @throws UsageError; otherwise the second server would find the port taken by "another" one, which is the first. */
function refuseOnePortForTwo({ port, uiPort, sandboxPort = SANDBOX_PORT }: DevOptions): void {
  const options = [
    ['--port', port],
    ['--ui-port', uiPort],
    ['--sandbox-port', sandboxPort],
  ] as const;
  for (const [option, wanted] of options) {
    const [other] = options.find(([name, one]) => name !== option && one === wanted && one !== 0) ?? [];
    if (other) throw new UsageError(`${option} and ${other} are both ${wanted}; give each a port of its own.`);
  }
}

/** A Keboola that answers later, or never, is told of in the log. */
const LOOK_MS_MAX = 3_000;

async function looked(stack: LocalStack): Promise<ConnectionReport[] | undefined> {
  return await Promise.race([stack.looked, sleep(LOOK_MS_MAX, undefined, { ref: false })]);
}
