import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { deployFile } from '../../support/manifests.js';
import { tempFolder } from '../../support/temp-folder.js';
import { runPrometheusTool } from './promtool.js';

/** One job of a configuration of Prometheus that finds pods. */
interface ScrapeJob {
  job_name: string;
  kubernetes_sd_configs: { role: string; namespaces: { names: string[] } }[];
  relabel_configs: Record<string, unknown>[];
}

interface Monitor {
  metadata: { name: string; namespace: string };
  spec: {
    selector: { matchLabels: Record<string, string> };
    podMetricsEndpoints: { port: string; relabelings: { sourceLabels?: string[]; targetLabel: string }[] }[];
  };
}

export function shippedJob(): ScrapeJob {
  const { scrape_configs: jobs } = parse(deployFile('prometheus.yaml')) as { scrape_configs: ScrapeJob[] };
  const [job] = jobs;
  if (!job || jobs.length > 1) throw new Error(`one job is expected, and there are ${jobs.length}`);
  return job;
}

/** As the Prometheus Operator translates the monitor that is shipped: its own labels first, ours after them. */
export function operatorsJob(): ScrapeJob {
  const { metadata, spec } = parse(deployFile('pod-monitor.yaml')) as Monitor;
  const [endpoint] = spec.podMetricsEndpoints;
  const chosen = Object.entries(spec.selector.matchLabels).map(([name, value]) => ({
    action: 'keep',
    regex: value,
    source_labels: [metaLabel(name)],
  }));
  const ours = (endpoint?.relabelings ?? []).map(({ sourceLabels, targetLabel, ...rest }) => ({
    ...rest,
    ...(sourceLabels && { source_labels: sourceLabels }),
    target_label: targetLabel,
  }));
  return {
    job_name: `podMonitor/${metadata.namespace}/${metadata.name}/0`,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [metadata.namespace] } }],
    relabel_configs: [
      { action: 'drop', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
      ...chosen,
      { action: 'keep', source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: endpoint?.port },
      { target_label: 'job', replacement: `${metadata.namespace}/${metadata.name}` },
      ...ours,
    ],
  };
}

/** A pod, as far as Prometheus looks at it. */
export interface Pod {
  name: string;
  ip: string;
  labels: Record<string, string>;
  ports: { name: string; containerPort: number }[];
  phase?: 'Succeeded';
}

/** The labels of each target that a real Prometheus has of these pods by a job. */
export async function targetsOf(job: ScrapeJob, pods: readonly Pod[]): Promise<Record<string, string>[]> {
  const path = join(await tempFolder(), 'prometheus.yaml');
  await writeFile(path, stringify({ scrape_configs: [withPods(job, pods)] }));
  // It looks for as long as it is told to, whatever it has found by then; on a busy machine that is nothing.
  for (const timeout of ['1s', '10s']) {
    const found = await discovered(path, job.job_name, timeout);
    if (found.length > 0) return found;
  }
  return [];
}

async function discovered(path: string, jobName: string, timeout: string): Promise<Record<string, string>[]> {
  const args = ['check', 'service-discovery', `--timeout=${timeout}`, path, jobName];
  const found = await runPrometheusTool('promtool', args);
  const seen = JSON.parse(/\[[^]*$/.exec(found)?.[0] ?? '[]') as { labels: Record<string, string> | null }[];
  return seen.flatMap(({ labels }) => (labels && Object.keys(labels).length > 0 ? [labels] : []));
}

/**
 * Says itself what a cluster would be asked for: Debian builds its Prometheus without that. The names are those of
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#pod
 */
function withPods({ kubernetes_sd_configs: discoveries, ...job }: ScrapeJob, pods: readonly Pod[]): object {
  const [discovery] = discoveries;
  if (discovery?.role !== 'pod') throw new Error('pods are expected to be looked for');
  const targets = pods.flatMap(({ name, ip, labels, ports, phase = 'Running' }) =>
    ports.map((port) => ({
      targets: [`${ip}:${port.containerPort}`],
      labels: {
        __meta_kubernetes_namespace: discovery.namespaces.names[0],
        __meta_kubernetes_pod_name: name,
        __meta_kubernetes_pod_phase: phase,
        __meta_kubernetes_pod_container_port_name: port.name,
        ...Object.fromEntries(Object.entries(labels).map(([label, value]) => [metaLabel(label), value])),
      },
    })),
  );
  return { ...job, static_configs: targets };
}

function metaLabel(label: string): string {
  return `__meta_kubernetes_pod_label_${label.replaceAll(/\W/g, '_')}`;
}
