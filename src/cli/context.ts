import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { KeboolaClient } from '../client.js';
import { readSettings, type Settings } from '../settings.js';
import { connect } from '../operate/connect.js';
import { encryptedDataConverter } from '../temporal/encryption/encrypted-data-converter.js';
import type { Output } from './text/output.js';
import type { Telemetry } from '../operate/telemetry/open-telemetry.js';
import { withTelemetry } from '../operate/telemetry/with-telemetry.js';
import { inOurWords } from '../operate/temporal-refusal.js';

/** How long a command that ends may wait for an OTLP collector. */
const TELL_MS_MAX = 3_000;

const UNUSABLE = 'Nothing is traced: OpenTelemetry takes its variables (OTEL_…) for unusable. The command goes on.';

/** Options that every command takes. */
export interface GlobalOptions {
  json?: boolean;
  connection?: string;
}

/** What a command works with. */
export interface Context {
  settings: Settings;
  output: Output;
  connection: string | undefined;
}

export interface TemporalContext extends Context {
  temporal: Client;
  keboola: KeboolaClient;
}

/** In the shape that the client expects: without a connection the key is missing, not undefined. */
export function inConnection(connection: string | undefined): { connection?: string } {
  return connection === undefined ? {} : { connection };
}

/** Builds a context from the options of a command and its parents. @throws SettingsError. */
export function contextOf(options: GlobalOptions, output: Output): Context {
  return { settings: readSettings(), output, connection: options.connection };
}

/**
 * Runs `use` with an open connection to Temporal.
 *
 * @throws TemporalUnreachable, TemporalRefused, NoSuchNamespace; PayloadKeyError if it cannot decrypt something; what
 * `use` throws.
 */
export async function withTemporal<T>(context: Context, use: (context: TemporalContext) => Promise<T>): Promise<T> {
  return await traced(context, ({ client }) => withClient(context, client, use));
}

/** Runs `use` with the OTLP telemetry of this process, if that is configured. A command never fails because of it. */
export async function traced<T>(
  { settings: { otlp }, output }: Context,
  use: (telemetry: Partial<Telemetry>) => Promise<T>,
): Promise<T> {
  if (otlp.problem) output.warn(`Nothing is traced: ${otlp.problem.variable} ${otlp.problem.words}`);
  const tell = (level: string, words: string): void => (level === 'WARN' ? output.warn(words) : output.say(words));
  // OpenTelemetry's own message may quote the values of the variables.
  const onUnusable = (): void => output.warn(UNUSABLE);
  return await withTelemetry(otlp, { tell, onUnusable, closeMsMax: TELL_MS_MAX }, use);
}

async function withClient<T>(
  context: Context,
  tracing: WorkflowClientInterceptor | undefined,
  use: (context: TemporalContext) => Promise<T>,
): Promise<T> {
  const { temporal: settings, taskQueue, payloadKeys } = context.settings;
  const connection = await connect(settings);
  try {
    const temporal = new Client({
      connection,
      namespace: settings.namespace,
      dataConverter: encryptedDataConverter(payloadKeys),
      ...(tracing && { interceptors: { workflow: [tracing] } }),
    });
    const onObstacle = (words: string): void => context.output.say(words);
    const onPartial = (words: string): void => context.output.warn(words);
    const keboola = new KeboolaClient({ client: temporal, taskQueue, onObstacle, onPartial });
    return await use({ ...context, temporal, keboola });
  } catch (error) {
    throw inOurWords(error, settings);
  } finally {
    await connection.close();
  }
}
