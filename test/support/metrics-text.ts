/** A metric as `/metrics` shows it. */
export interface ShownMetric {
  type: string;
  /** Names of the labels of its series, those of histograms' buckets aside. */
  labels: string[];
  /** What is shown of it, one line per series. */
  lines: string[];
}

/** Reads the text format of Prometheus as far as workers write it. */
export function parseMetrics(text: string): Map<string, ShownMetric> {
  const metrics = new Map<string, ShownMetric>();
  let current: ShownMetric | undefined;
  for (const line of text.split('\n')) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name !== undefined && type !== undefined) metrics.set(name, (current = { type, labels: [], lines: [] }));
    else if (current && line !== '' && !line.startsWith('#')) addSeries(current, line);
  }
  return metrics;
}

function addSeries(metric: ShownMetric, line: string): void {
  metric.lines.push(line);
  const names = [...line.matchAll(/([a-zA-Z_]+)="/g)].map(([, name = '']) => name).filter((name) => name !== 'le');
  metric.labels = [...new Set([...metric.labels, ...names])].sort();
}

/** The value of the one series with these labels, given as they are shown. */
export function valueOf(text: string, name: string, ...labels: readonly string[]): number {
  const series = text.split('\n').filter((line) => {
    const [, shown, inner = ''] = /^([a-zA-Z_]+)(?:\{(.*)\})? /.exec(line) ?? [];
    return shown === name && labels.every((label) => inner.includes(label));
  });
  return series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
