import type { Outage } from '../wait/outage.js';
import type { Writable } from './writable.js';

/** The state of a workflow that waits for answers from Keboola. */
export interface Asking {
  /** The current outage, if there is one. */
  readonly outage?: Readonly<Outage>;
}

/** Keboola has failed to answer once more. */
export function silenceLasts(state: Writable<Asking>, outage: Outage): void {
  state.outage = outage;
}

/** Keboola answers again. */
export function silenceIsOver(state: Writable<Asking>): void {
  delete state.outage;
}
