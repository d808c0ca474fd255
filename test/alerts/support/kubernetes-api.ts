import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A pod, as far as Prometheus looks at it. */
export interface Pod {
  name: string;
  ip: string;
  labels: Record<string, string>;
  ports: { name: string; containerPort: number }[];
  phase?: 'Running' | 'Succeeded' | 'Failed';
}

/**
 * Answers as the API of a cluster does that has these pods, and in which nothing changes; closed when the test ends.
 *
 * @returns its address, with the scheme.
 */
export async function startKubernetesApi(namespace: string, pods: readonly Pod[]): Promise<string> {
  const list = { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' } };
  const body = JSON.stringify({ ...list, items: pods.map((pod) => objectOf(namespace, pod)) });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://cluster');
    const isKnown = pathname === `/api/v1/namespaces/${namespace}/pods`;
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    // Whoever watches waits for a change.
    if (isKnown && searchParams.has('watch')) response.flushHeaders();
    else response.end(isKnown ? body : '{}');
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function objectOf(namespace: string, { name, ip, labels, ports, phase = 'Running' }: Pod): object {
  return {
    metadata: { name, namespace, labels, uid: name, resourceVersion: '1' },
    spec: { nodeName: 'node', containers: [{ name: 'worker', ports }] },
    status: { phase, podIP: ip, hostIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] },
  };
}
