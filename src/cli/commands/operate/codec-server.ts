import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { assertPortFree } from '../../../dev/ports.js';
import type { CodecServer, CodecServerOptions } from '../../../operate/codec/codec-server.js';
import { act } from '../../act.js';
import type { Context } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';
import { UsageError } from '../../exit/usage-error.js';
import { portNumber } from '../../options/numbers.js';
import { untilStopped } from '../../until-stopped.js';

interface CodecServerCommandOptions {
  port: number;
  host: string;
  origin: string[];
}

/** The pages of the Web UI that `dev` starts. */
const ORIGINS = ['http://127.0.0.1:8233', 'http://localhost:8233'];
const TOKEN_BYTES = 24;
/** The token may stand in a path, and must be hard to guess. */
const TOKEN = /^[\w.~-]{16,200}$/;

export function addCodecServer(program: Command): void {
  program
    .command('codec-server')
    .description("Decrypt payloads for Temporal's Web UI and command line; it holds the keys and requires a token")
    .option('--port <n>', 'port to listen on', portNumber, 8081)
    .option(
      '--host <host>',
      'address to listen on; put TLS in front of it if it can be reached from other machines',
      '127.0.0.1',
    )
    .option('--origin <url...>', 'web origins whose pages may use it, such as https://cloud.temporal.io', ORIGINS)
    .addHelpText('after', '\nExample:\n  KEBOOLA_PAYLOAD_KEYS_FILE=keys.json keboola-temporal codec-server')
    .action(act(codecServer));
}

async function codecServer({ settings, output }: Context, options: CodecServerCommandOptions): Promise<number> {
  const { payloadKeys, codecToken } = settings;
  if (payloadKeys.ids.length === 0) throw new UsageError('No keys: set KEBOOLA_PAYLOAD_KEYS_FILE.');
  if (codecToken !== undefined && !TOKEN.test(codecToken)) {
    throw new UsageError('KEBOOLA_CODEC_TOKEN is 16 to 200 letters, digits and . _ ~ -');
  }
  const origins = options.origin.map(originOf);
  if (options.port !== 0) await assertPortFree(options.port, { likely: 'another codec server', option: '--port' });
  const token = codecToken ?? randomBytes(TOKEN_BYTES).toString('hex');
  const running = await listen({ ...options, keys: payloadKeys, token, origins });
  const stopped = untilStopped();
  // Whoever has set the token knows it, so it is never printed.
  const endpoint = `${running.url}/${codecToken === undefined ? token : '$KEBOOLA_CODEC_TOKEN'}`;
  output.result({ url: running.url, endpoint, origins }, welcome(endpoint, origins));
  await stopped;
  await running.close();
  return EXIT.success;
}

function welcome(endpoint: string, origins: readonly string[]): string {
  return [
    `Codec server for pages of ${origins.join(', ')}. In Temporal's Web UI, click the glasses icon in the corner and enter:`,
    `  ${endpoint}`,
    'Ctrl-C stops it.',
  ].join('\n');
}

/** @throws UsageError. */
function originOf(text: string): string {
  const { origin = 'null' } = URL.parse(text) ?? {};
  if (origin !== 'null' && text.replace(/\/$/, '') === origin) return origin;
  throw new UsageError(`--origin is scheme, host and port, such as http://localhost:8233, and not "${text}".`);
}

async function listen(options: CodecServerOptions): Promise<CodecServer> {
  const { startCodecServer } = await import('../../../operate/codec/codec-server.js');
  try {
    return await startCodecServer(options);
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error;
    throw new UsageError(
      `Cannot listen on ${options.host}:${options.port} (${code ?? syscall}); see --host and --port.`,
    );
  }
}
