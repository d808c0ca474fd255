import { cpuSecondsOf } from '../processes/cpu.js';
import { requestsByKind } from '../processes/requests-by-kind.js';
import { persistenceIn } from './persistence.js';

/**
 * All counters of one instant.
 *
 * @param stack `{ pids, keboolaUrl, metricsUrl }`; the processes by name.
 */
export async function sample({ pids, keboolaUrl, metricsUrl }) {
  const [counters, metrics] = await Promise.all([
    fetch(`${keboolaUrl}/_sandbox/counters`).then((answer) => answer.json()),
    fetch(metricsUrl).then((answer) => answer.text()),
  ]);
  return {
    seconds: performance.now() / 1_000,
    cpu: Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSecondsOf(pid)])),
    requests: requestsByKind(counters.requests),
    database: persistenceIn(metrics),
  };
}

/** What was used between two samples, field by field. A process that is new in the second one counts from its start. */
export function difference(before, after) {
  if (typeof after === 'number') return after - (before ?? 0);
  return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, difference(before?.[name], value)]));
}

/** The same, divided: by jobs, or by seconds. */
export function share(used, by) {
  if (typeof used === 'number') return used / by;
  return Object.fromEntries(Object.entries(used).map(([name, value]) => [name, share(value, by)]));
}

/** What is left of it without what is used all the time, which any number of jobs shares. */
export function beyond(used, perSecond, seconds = used.seconds) {
  if (typeof used === 'number') return Math.max(0, used - perSecond * seconds);
  return Object.fromEntries(
    Object.entries(used).map(([name, value]) => [name, beyond(value, perSecond[name], seconds)]),
  );
}
