import { durationMs } from '../job/text/duration.js';
import { DEFAULT_CONNECTION, type Care, type RunJobInput } from '../job/input.js';

type CareGiven = { [Field in keyof Care]?: Care[Field] | undefined };
type Defaulted = 'connection' | 'onWarning' | 'onTerminated' | 'onAmbiguousCreate' | 'children';

/** Care in which nothing is left to be assumed, its durations in milliseconds. */
export interface MeantCare extends Required<Pick<Care, Defaulted>>, Pick<Care, 'parentRunId'> {
  queueTimeoutMs?: number;
  runTimeoutMs?: number;
}

type Settled = Omit<RunJobInput, keyof Care> & Required<Pick<RunJobInput, 'mode'>>;

/** An input in which nothing is left to be assumed. */
export interface MeantInput extends Settled, MeantCare {}

/** What an input means: its defaults written out, its durations in milliseconds. The input must have been checked. */
export function withDefaults({ queueTimeout, runTimeout, ...input }: RunJobInput): MeantInput {
  return { ...input, ...careWithDefaults({ ...input, queueTimeout, runTimeout }), mode: input.mode ?? 'run' };
}

/** The same for how to watch over any job that we create. */
export function careWithDefaults(input: CareGiven): MeantCare {
  const queueTimeoutMs = durationMs(input.queueTimeout);
  const runTimeoutMs = durationMs(input.runTimeout);
  return {
    connection: input.connection ?? DEFAULT_CONNECTION,
    ...(input.parentRunId !== undefined && { parentRunId: input.parentRunId }),
    onWarning: input.onWarning ?? 'accept',
    onTerminated: input.onTerminated ?? 'cancel',
    onAmbiguousCreate: input.onAmbiguousCreate ?? 'fail',
    children: input.children ?? 'observe',
    ...(queueTimeoutMs !== undefined && { queueTimeoutMs }),
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
  };
}
