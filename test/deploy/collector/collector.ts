import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { freePort } from '../../../src/dev/ports.js';
import { installed } from '../../support/installed.js';
import { Processes } from '../../support/processes.js';
import { tempFolder } from '../../support/temp-folder.js';

/** The collector that OpenTelemetry makes, on this machine. */
export interface RealCollector {
  url: string;
  /** What it has taken so far and understood, as OTLP's JSON, and all that it has said of it. */
  read(): Promise<{ traces: string; logs: string; words: string }>;
  close(): Promise<void>;
}

/** Of all its modules in `go.mod`. */
const VERSION = '0.161.0';
const SOURCES = fileURLToPath(new URL('./', import.meta.url));

/** @throws Error with the last words of Go where it cannot be built. */
export async function startRealCollector(): Promise<RealCollector> {
  const executable = await installed('servers', {
    folder: `opentelemetry-collector-${VERSION}-${await hashOfSources()}`,
    file: 'collector',
    tool: (folder) => ({ command: 'go', args: ['build', '-o', join(folder, 'collector'), '.'], cwd: SOURCES }),
  });
  const [folder, port] = [await tempFolder(), await freePort()];
  const files = { traces: join(folder, 'traces.json'), logs: join(folder, 'logs.json') };
  const config = join(folder, 'collector.yaml');
  await writeFile(config, stringify(configOf(port, files)));
  const processes = new Processes({ PATH: process.env['PATH'] ?? '' });
  const collector = processes.start(executable, ['--config', config]);
  await collector.says('Everything is ready');
  const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
  return {
    url: `http://127.0.0.1:${port}`,
    read: async () => ({ traces: await textOf(files.traces), logs: await textOf(files.logs), words: processes.words }),
    async close() {
      await processes.close();
    },
  };
}

/** What is built of other modules is another collector. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) hash.update(await readFile(join(SOURCES, name)));
  return hash.digest('hex').slice(0, 12);
}

function configOf(port: number, files: { traces: string; logs: string }): object {
  const only = (name: string): object => ({ receivers: ['otlp'], exporters: [`file/${name}`] });
  return {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { 'file/traces': { path: files.traces }, 'file/logs': { path: files.logs } },
    service: {
      telemetry: { metrics: { level: 'none' } },
      pipelines: { traces: only('traces'), logs: only('logs') },
    },
  };
}
