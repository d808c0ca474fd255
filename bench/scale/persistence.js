/**
 * What a Temporal server asks of its database, from the text of its `/metrics`. The names of the operations are those of the
 * server's own persistence interface; what only looks begins with one of these words.
 */
const READS = /^(Get|List|Read|Scan|Count|Describe|Is|Range)/;
const REQUESTS = /^persistence_requests\{[^}]*operation="(\w+)"[^}]*\} (\S+)$/gm;
const VISIBILITY = /^visibility_persistence_requests\{[^}]*operation="(\w+)"[^}]*\} (\S+)$/gm;

/**
 * @param {string} metrics in the text format of Prometheus.
 * @returns {{ reads: number, writes: number, visibilityReads: number, visibilityWrites: number }} since the server has started.
 */
export function persistenceIn(metrics) {
  const [reads, writes] = countsOf(metrics, REQUESTS);
  const [visibilityReads, visibilityWrites] = countsOf(metrics, VISIBILITY);
  return { reads, writes, visibilityReads, visibilityWrites };
}

function countsOf(metrics, pattern) {
  const counts = [0, 0];
  for (const [, operation, count] of metrics.matchAll(pattern)) counts[READS.test(operation) ? 0 : 1] += Number(count);
  return counts;
}
