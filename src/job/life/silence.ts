import type { Outage } from '../wait/outage.js';
import type { Writable } from './writable.js';

/** Whoever waits for answers of Keboola. */
export interface Asking {
  /** The silence that lasts at present. */
  readonly outage?: Readonly<Outage>;
}

/** Keboola has not answered once more. */
export function silenceLasts(state: Writable<Asking>, outage: Outage): void {
  state.outage = outage;
}

/** Keboola answers. */
export function silenceIsOver(state: Writable<Asking>): void {
  delete state.outage;
}
