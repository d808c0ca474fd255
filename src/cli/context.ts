import { Client, Connection } from '@temporalio/client';
import { KeboolaClient } from '../client.js';
import { isLoopback } from '../keboola/origins.js';
import { readSettings, type Settings } from '../settings.js';
import type { Output } from './output.js';
import { TemporalUnreachable } from './unreachable.js';

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

/** A context by the options of a command and its parents. @throws SettingsError. */
export function contextOf(options: GlobalOptions, output: Output): Context {
  return { settings: readSettings(), output, connection: options.connection };
}

const CONNECT_TIMEOUT_MS = 5_000;

/** Runs `use` with an open connection to Temporal. @throws TemporalUnreachable. */
export async function withTemporal<T>(context: Context, use: (context: TemporalContext) => Promise<T>): Promise<T> {
  const { temporal: settings, taskQueue } = context.settings;
  const connection = await connect(context);
  try {
    const temporal = new Client({ connection, namespace: settings.namespace });
    return await use({ ...context, temporal, keboola: new KeboolaClient({ client: temporal, taskQueue }) });
  } finally {
    await connection.close();
  }
}

async function connect({ settings: { temporal } }: Context): Promise<Connection> {
  try {
    return await Connection.connect({
      ...temporal.connectionOptions,
      channelArgs: directlyToThisMachine(temporal.address),
      connectTimeout: CONNECT_TIMEOUT_MS,
    });
  } catch (error) {
    throw new TemporalUnreachable(temporal.address, error);
  }
}

/** The SDK would ask the proxy of `HTTPS_PROXY` for a server on this machine, unless `NO_PROXY` happens to name it. */
function directlyToThisMachine(address: string): Record<string, number> {
  const host = URL.parse(`http://${address}`)?.hostname ?? '';
  return isLoopback(host) ? { 'grpc.enable_http_proxy': 0 } : {};
}
