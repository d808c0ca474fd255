import { randomUUID } from 'node:crypto';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import { Connections } from '../../keboola/connections.js';
import type { Keboola } from '../../keboola/keboola.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { onTermination } from '../signals.js';

/** What a command may do with files of Storage by itself. */
export interface OwnTables {
  tables: Keboola['tables'];
  remove: (fileId: string) => Promise<void>;
  /** What is wrong with a bucket that is to be written to. */
  bucketProblem: (bucket: string) => Promise<string | undefined>;
  /** That the token is of. */
  project: () => Promise<{ id: string; name: string }>;
  /** Storage keeps it with what is uploaded. */
  runId: string;
  /** Fires when somebody presses Ctrl-C, ends the command, or closes its terminal. */
  signal: AbortSignal;
  /** From now on that is for somebody else. */
  letGo: () => void;
}

/** Whether the command line has a token of its own under the name of the connection; see `isOwnProject`. */
export function hasOwnConnection({ settings, connection = DEFAULT_CONNECTION }: Context): boolean {
  return settings.connections.some(({ name }) => name === connection);
}

/**
 * Moves files by the connection that the environment of the command names. Ctrl-C ends the moving, which takes its
 * file along, and so does the end of the terminal.
 *
 * @returns what `use` returns, or the exit code of who was interrupted.
 */
export async function withOwnTables<T>(
  { settings, connection = DEFAULT_CONNECTION }: Context,
  use: (own: OwnTables) => Promise<T>,
): Promise<T | number> {
  const stop = new AbortController();
  let code: number = EXIT.interrupted;
  const onInterrupt = (): void => stop.abort();
  const connections = new Connections(settings.connections, { proxy: settings.proxy });
  process.on('SIGINT', onInterrupt);
  const offTermination = onTermination((ended) => {
    code = ended;
    stop.abort();
  });
  const letGo = (): void => {
    process.off('SIGINT', onInterrupt);
    offTermination();
  };
  try {
    const keboola = connections.get(connection);
    const { tables, files } = keboola;
    const remove = (fileId: string): Promise<void> => files.remove(fileId);
    return await use({
      tables,
      remove,
      bucketProblem: (bucket) => keboola.bucketProblem(bucket),
      project: () => keboola.facts(),
      runId: `cli-${randomUUID()}`,
      signal: stop.signal,
      letGo,
    });
  } catch (error) {
    if (stop.signal.aborted) return code;
    throw error;
  } finally {
    letGo();
    await connections.close();
  }
}
