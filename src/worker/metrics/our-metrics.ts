interface Metric {
  type: 'counter' | 'gauge' | 'histogram';
  labels: readonly string[];
  /** For people who read `/metrics`. */
  help: string;
  /** Upper bounds of a histogram. */
  buckets?: readonly number[];
}

/**
 * Seconds: usual lags, and lags that somebody should look into. With a reliable watcher, reads may be an hour apart.
 */
const LAG_BUCKETS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3_600];
const REQUEST_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90];

/** The closed list of what our workers count, by the names that Prometheus sees; docs/operations.md explains each. */
export const OUR_METRICS = {
  keboola_jobs_total: { type: 'counter', labels: ['component', 'outcome'], help: 'Workflows of jobs that have closed' },
  keboola_job_end_lag_seconds: {
    type: 'histogram',
    labels: [],
    buckets: LAG_BUCKETS,
    help: 'From the end of a job in Keboola to that of its workflow',
  },
  keboola_creations_total: { type: 'counter', labels: ['outcome'], help: 'Creations of jobs, by what became of them' },
  keboola_kills_not_confirmed_total: {
    type: 'counter',
    labels: [],
    help: 'Stops that were not seen to be obeyed: a job may run that nobody wants',
  },
  keboola_requests_total: {
    type: 'counter',
    labels: ['connection', 'method', 'route', 'status'],
    help: 'Requests to Keboola that have come to an end',
  },
  keboola_request_seconds: {
    type: 'histogram',
    labels: ['connection'],
    buckets: REQUEST_BUCKETS,
    help: 'How long requests to Keboola have taken',
  },
  keboola_request_deferrals_total: {
    type: 'counter',
    labels: ['connection'],
    help: 'Requests that were put off before they were sent',
  },
  keboola_connection_bad: {
    type: 'gauge',
    labels: ['connection', 'reason'],
    help: '1 while a connection cannot be used for this reason',
  },
  keboola_watcher: {
    type: 'gauge',
    labels: ['connection', 'state'],
    help: '1 for the state of the watcher of a connection',
  },
  keboola_transfer_bytes_total: { type: 'counter', labels: ['direction'], help: 'Bytes of files that were moved' },
} as const satisfies Record<string, Metric>;

export type OurMetric = keyof typeof OUR_METRICS;

/** The metrics of one kind. */
export type OurMetricOf<Type extends Metric['type']> = {
  [Name in OurMetric]: (typeof OUR_METRICS)[Name]['type'] extends Type ? Name : never;
}[OurMetric];

/** Exactly the labels of a metric. */
export type LabelsOf<Name extends OurMetric> = Record<(typeof OUR_METRICS)[Name]['labels'][number], string>;

/** Bounds of the histograms, as the SDK's runtime takes them. */
export function histogramBuckets(): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries<Metric>(OUR_METRICS).flatMap(([name, { buckets }]) => (buckets ? [[name, [...buckets]]] : [])),
  );
}
