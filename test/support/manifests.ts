import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments, parse } from 'yaml';

const DEPLOY = new URL('../../deploy/', import.meta.url);

interface Probe {
  httpGet: { path: string; port: string };
}

/** What of a Deployment is compared with the product. */
export interface Deployment {
  kind: 'Deployment';
  spec: {
    selector: { matchLabels: Record<string, string> };
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        containers: {
          args: string[];
          env: { name: string; value?: string }[];
          ports: { name: string; containerPort: number }[];
          livenessProbe: Probe;
          readinessProbe: Probe;
          startupProbe: Probe;
          volumeMounts: { name: string; mountPath: string }[];
        }[];
        volumes: { name: string; configMap?: { name: string }; secret?: { secretName: string; defaultMode: number } }[];
      };
    };
  };
}

export interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  /** `ADDRESS:PORT_OUTSIDE:PORT_INSIDE`. */
  ports?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  restart?: string;
  stop_grace_period?: string;
  depends_on?: string[] | Record<string, { condition: string }>;
  read_only?: boolean;
  tmpfs?: string[];
}

export function deployFile(path: string): string {
  return readFileSync(new URL(path, DEPLOY), 'utf8');
}

/** The Deployment, and every other object of deploy/kubernetes. */
export function kubernetesObjects(): { kind: string; metadata?: { name?: string }; spec?: object }[] {
  const names = readdirSync(new URL('kubernetes/', DEPLOY)).filter((name) => name.endsWith('.yaml'));
  return names.flatMap((name) =>
    parseAllDocuments(deployFile(`kubernetes/${name}`)).map((one) => one.toJS() as { kind: string }),
  );
}

export function workerDeployment(): Deployment {
  return kubernetesObjects().find(({ kind }) => kind === 'Deployment') as unknown as Deployment;
}

export function composeServices(): Record<string, Service> {
  return (parse(deployFile('compose.yaml'), { merge: true }) as { services: Record<string, Service> }).services;
}
