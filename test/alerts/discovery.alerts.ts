import { expect, it } from 'vitest';
import { workerDeployment } from '../support/manifests.js';
import { operatorsJob, shippedJob, targetsOf, type Pod } from './support/discovery.js';

const { metadata, spec } = workerDeployment().spec.template;
const worker = { labels: metadata.labels, ports: spec.containers.flatMap(({ ports }) => ports) };

/** Two workers among others, which are no target. */
const PODS: Pod[] = [
  { name: 'keboola-worker-a', ip: '10.0.0.7', ...worker },
  { name: 'keboola-worker-b', ip: '10.0.0.8', ...worker },
  { name: 'keboola-worker-gone', ip: '10.0.0.9', ...worker, phase: 'Succeeded' },
  { name: 'another', ip: '10.0.0.10', ...worker, labels: { 'app.kubernetes.io/name': 'another' } },
];

it.each([
  ['Prometheus', shippedJob],
  ['the Prometheus Operator', operatorsJob],
])('%s finds the workers of the cluster by the name that the rules have for their job', async (_name, job) => {
  const found = await targetsOf(job(), PODS);
  expect(found.map(({ __address__, job, instance }) => [__address__, job, instance]).toSorted()).toEqual([
    ['10.0.0.7:9464', 'keboola-temporal', 'keboola-worker-a'],
    ['10.0.0.8:9464', 'keboola-temporal', 'keboola-worker-b'],
  ]);
});
