import { randomUUID } from 'node:crypto';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { Connections } from '../../keboola/connections.js';
import type { Keboola } from '../../keboola/keboola.js';
import type { Context } from '../context.js';
import { interruptible, type Stop } from './interruptible.js';

/** What a command itself can do with files in Storage. */
export interface OwnTables extends Stop {
  tables: Keboola['tables'];
  remove: (fileId: string) => Promise<void>;
  /** What is wrong with a bucket to write to; undefined if nothing is. */
  bucketProblem: (bucket: string) => Promise<string | undefined>;
  /** The project of the token. */
  project: () => Promise<{ id: string; name: string }>;
  /** Storage keeps this run id with what is uploaded. */
  runId: string;
}

/** Whether the command has a token of its own under the name of the connection; see `isOwnProject`. */
export function hasOwnConnection({ settings, connection = DEFAULT_CONNECTION }: Context): boolean {
  return settings.connections.some(({ name }) => name === connection);
}

/**
 * Moves files through the connection from the command's environment. Ctrl-C, or closing the terminal, ends the
 * transfer, and the transfer then removes its file.
 *
 * @param left what is left then, for people.
 * @throws Interrupted; what `use` throws.
 */
export async function withOwnTables<T>(
  { settings, connection = DEFAULT_CONNECTION }: Context,
  left: string,
  use: (own: OwnTables) => Promise<T>,
): Promise<T> {
  let connections: Connections | undefined;
  try {
    return await interruptible(left, async (stop) => {
      connections = await openConnections(settings);
      const keboola = connections.get(connection);
      const { tables, files } = keboola;
      return await use({
        ...stop,
        tables,
        remove: (fileId) => files.remove(fileId),
        bucketProblem: (bucket) => keboola.bucketProblem(bucket),
        project: () => keboola.facts(),
        runId: `cli-${randomUUID()}`,
      });
    });
  } finally {
    // Not awaited: an abandoned request may hang on an answer.
    void connections?.close().catch(() => undefined);
  }
}

/** Loads the Keboola client only now: most commands ask a worker, and would take a fifth longer to start. */
async function openConnections({ connections, proxy }: Context['settings']): Promise<Connections> {
  const { Connections } = await import('../../keboola/connections.js');
  return new Connections(connections, { proxy });
}
