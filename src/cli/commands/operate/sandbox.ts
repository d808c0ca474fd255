import type { Command } from 'commander';
import { assertPortFree } from '../../../dev/ports.js';
import type { Sandbox } from '../../../sandbox/index.js';
import { act } from '../../act.js';
import type { Context } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';
import { portNumber, positiveNumber } from '../../options/numbers.js';
import { untilStopped } from '../../until-stopped.js';
import { UsageError } from '../../exit/usage-error.js';
import { terminal } from '../../../operate/terminal.js';

interface SandboxCommandOptions {
  port: number;
  host: string;
  publicUrl?: string;
  speed: number;
  fixture?: string;
}

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('Run a local Keboola to develop and test against')
    .option('--port <n>', 'port to listen on', portNumber, 8787)
    .option(
      '--host <host>',
      'address to listen on; if other machines can reach it, /_sandbox requires the printed key',
      '127.0.0.1',
    )
    .option('--public-url <url>', 'URL that clients use, if it is not host and port')
    .option('--speed <n>', 'sandbox seconds per second', positiveNumber, 1)
    .option('--fixture <file>', 'projects, components and configurations as JSON')
    .addHelpText('after', '\nExample:\n  keboola-temporal sandbox --port 8787 --speed 60')
    .action(act(sandbox));
}

async function sandbox(context: Context, options: SandboxCommandOptions): Promise<number> {
  if (options.port !== 0) await assertPortFree(options.port, { likely: 'another sandbox', option: '--port' });
  const running = await listen(options);
  const stopped = untilStopped();
  context.output.say('Ctrl-C stops it.');
  await stopped;
  await running.close();
  return EXIT.success;
}

async function listen(options: SandboxCommandOptions): Promise<Sandbox> {
  const { runSandbox } = await import('../../../sandbox/index.js');
  try {
    return await runSandbox(options, (line) => terminal.write(`${line}\n`));
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error;
    throw new UsageError(
      `Cannot listen on ${options.host}:${options.port} (${code ?? syscall}); see --host and --port.`,
    );
  }
}
