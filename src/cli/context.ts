import { Client, Connection } from '@temporalio/client';
import type { Command } from 'commander';
import { KeboolaClient } from '../client.js';
import { readSettings, type Settings } from '../settings.js';
import { createOutput, type Output } from './output.js';
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

/** A context by the options of a command and its parents. */
export function contextOf(command: Command): Context {
  const options = command.optsWithGlobals<GlobalOptions>();
  return { settings: readSettings(), output: createOutput(options.json ?? false), connection: options.connection };
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
    return await Connection.connect({ ...temporal.connectionOptions, connectTimeout: CONNECT_TIMEOUT_MS });
  } catch (error) {
    throw new TemporalUnreachable(temporal.address, error);
  }
}
