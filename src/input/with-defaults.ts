import { durationMs } from '../job/text/duration.js';
import { DEFAULT_CONNECTION, type ForeignJobPolicy, type RunPolicy, type RunJobInput } from '../job/input.js';

type PolicyGiven = { [Field in keyof RunPolicy]?: RunPolicy[Field] | undefined };
type Defaulted = 'connection' | 'onWarning' | 'onTerminated' | 'onAmbiguousCreate' | 'children';

/** A policy with all defaults filled in and its durations in milliseconds. */
export interface ResolvedPolicy extends Required<Pick<RunPolicy, Defaulted>>, Pick<RunPolicy, 'parentRunId'> {
  queueTimeoutMs?: number;
  runTimeoutMs?: number;
}

type Settled = Omit<RunJobInput, keyof RunPolicy> & Required<Pick<RunJobInput, 'mode'>>;

/** An input with all defaults filled in. */
export interface ResolvedInput extends Omit<Settled, 'onForeignJob'>, ResolvedPolicy {
  /** Absent if jobs of others are to be ignored. */
  onForeignJob?: Exclude<ForeignJobPolicy, 'ignore'>;
}

/** Fills in the defaults of an input and converts its durations to milliseconds. The input must have been checked. */
export function withDefaults({ queueTimeout, runTimeout, onForeignJob, ...input }: RunJobInput): ResolvedInput {
  return {
    ...input,
    ...policyWithDefaults({ ...input, queueTimeout, runTimeout }),
    mode: input.mode ?? 'run',
    ...(onForeignJob !== undefined && onForeignJob !== 'ignore' && { onForeignJob }),
  };
}

/** The same for the policy by which we watch over any job that we create. */
export function policyWithDefaults(input: PolicyGiven): ResolvedPolicy {
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
