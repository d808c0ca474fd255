import { durationMs } from './duration.js';
import { DEFAULT_CONNECTION, type RunJobInput } from './input.js';

type Defaulted = 'connection' | 'mode' | 'onWarning' | 'onTerminated' | 'onAmbiguousCreate' | 'children';
type Settled = Omit<RunJobInput, 'queueTimeout' | 'runTimeout'> & Required<Pick<RunJobInput, Defaulted>>;

/** An input in which nothing is left to be assumed. */
export interface MeantInput extends Settled {
  queueTimeoutMs?: number;
  runTimeoutMs?: number;
}

/** What an input means: its defaults written out, its durations in milliseconds. The input must have been checked. */
export function withDefaults({ queueTimeout, runTimeout, ...input }: RunJobInput): MeantInput {
  const queueTimeoutMs = durationMs(queueTimeout);
  const runTimeoutMs = durationMs(runTimeout);
  return {
    ...input,
    connection: input.connection ?? DEFAULT_CONNECTION,
    mode: input.mode ?? 'run',
    onWarning: input.onWarning ?? 'accept',
    onTerminated: input.onTerminated ?? 'cancel',
    onAmbiguousCreate: input.onAmbiguousCreate ?? 'fail',
    children: input.children ?? 'observe',
    ...(queueTimeoutMs !== undefined && { queueTimeoutMs }),
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
  };
}
