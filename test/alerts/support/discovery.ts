import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { deployFile } from '../../support/manifests.js';
import { tempFolder } from '../../support/temp-folder.js';
import { runPrometheusTool } from './promtool.js';

/** One job of a configuration of Prometheus that finds pods. */
interface ScrapeJob {
  job_name: string;
  kubernetes_sd_configs: { role: string; namespaces: { names: string[] }; api_server?: string }[];
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
    ...{ action: 'keep', regex: value },
    source_labels: [`__meta_kubernetes_pod_label_${name.replaceAll(/\W/g, '_')}`],
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

/** The labels of each target that a real Prometheus finds with a job, in a cluster whose API is at this address. */
export async function targetsOf(job: ScrapeJob, apiServer: string): Promise<Record<string, string>[]> {
  const discoveries = job.kubernetes_sd_configs.map((one) => ({ ...one, api_server: apiServer }));
  const path = join(await tempFolder(), 'prometheus.yaml');
  await writeFile(path, stringify({ scrape_configs: [{ ...job, kubernetes_sd_configs: discoveries }] }));
  // It looks for as long as it is told to, whatever it has found by then.
  const found = await runPrometheusTool('promtool', ['check', 'service-discovery', '--timeout=3s', path, job.job_name]);
  const seen = JSON.parse(found.slice(found.indexOf('['))) as { labels: Record<string, string> | null }[];
  return seen.flatMap(({ labels }) => (labels && Object.keys(labels).length > 0 ? [labels] : []));
}
