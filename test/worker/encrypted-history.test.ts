import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorker } from '../../src/worker.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { tableRows } from '../support/document-tables.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { encrypting, keysText } from '../support/payload-keys.js';

const MESSAGE = 'a message that nobody may read';
const PAGE = readFileSync(new URL('../../docs/encryption.md', import.meta.url), 'utf8');

let server: SharedDevServer;
let lab: JobLab;
/** What an operator of Temporal can ask for about a job that has failed. */
let told: unknown;

beforeAll(async () => {
  server = await connectToDevServer();
  const { connection } = server.client;
  const dataConverter = encrypting(keysText('2026-11', ['2026-11']));
  const client = new Client({ connection, dataConverter });
  const workflowBundle = { codePath: builtBundle('workflow-bundle-encrypting.js') };
  lab = await openJobLab({ ...server, client }, { worker: { dataConverter, workflowBundle } });
  const script = scripted({ durationSeconds: 1, status: 'error', message: MESSAGE });
  const { handle } = await lab.keboola.start(script, { key: server.unique('readable') });
  await settled(handle);
  const plain = server.client.workflow.getHandle(handle.workflowId);
  const execution = { workflowId: handle.workflowId };
  told = [
    await server.client.workflowService.describeWorkflowExecution({ namespace: 'default', execution }),
    await plain.fetchHistory(),
  ];
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

/** As `npm run build` has made it. */
function builtBundle(name: string): string {
  return fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}

interface Found {
  /** The names of the fields that lead to it, without numbers of places. */
  path: string;
  text: string;
  encoding?: string;
}

/** All texts of a message, and its payloads as one each. */
function found(value: unknown, path: string[] = []): Found[] {
  if (value instanceof Uint8Array) return [{ path: path.join('.'), text: Buffer.from(value).toString('latin1') }];
  if (typeof value !== 'object' || value === null) return [{ path: path.join('.'), text: String(value) }];
  const { metadata, data } = value as { metadata?: Record<string, Uint8Array> | null; data?: Uint8Array | null };
  const encoding = metadata?.['encoding'];
  if (encoding) {
    const text = Buffer.from(data ?? []).toString('latin1');
    const key = Buffer.from(metadata['encryption-key-id'] ?? []).toString();
    return [
      { path: path.join('.'), text, encoding: Buffer.from(encoding).toString() },
      { path: [...path, 'metadata', 'encryption-key-id'].join('.'), text: key },
    ];
  }
  const names = Array.isArray(value) ? value.map((one: unknown) => [path, one] as const) : [];
  if (Array.isArray(value)) return names.flatMap(([same, one]) => found(one, same));
  return Object.entries(value).flatMap(([name, one]) => found(one, [...path, name]));
}

it('every payload is encrypted but search attributes and what the SDK notes of a local activity', () => {
  const payloads = found(told).filter(({ encoding }) => encoding);
  const plain = payloads.filter(({ encoding }) => encoding !== 'binary/encrypted').map(({ path }) => path);
  const known =
    /searchAttributes\.indexedFields\.(Keboola\w+|BuildIds)$|markerRecordedEventAttributes\.details\.data\.payloads$/;
  expect([...new Set(plain.filter((path) => !known.test(path)))]).toEqual([]);
  expect(plain.length).toBeGreaterThan(5);
  const encrypted = new Set(payloads.map(({ path }) => path.split('.').slice(-2).join('.')));
  expect([...encrypted]).toEqual(
    expect.arrayContaining(['userMetadata.summary', 'failure.encodedAttributes', 'input.payloads', 'details.payloads']),
  );
});

it('a failure tells its type, and neither its message nor where it was made', () => {
  const texts = found(told).filter(({ encoding }) => !encoding);
  const failure = texts.filter(({ path }) => path.includes('workflowExecutionFailedEventAttributes.failure'));
  expect(failure.find(({ path }) => path.endsWith('applicationFailureInfo.type'))?.text).toBe('JobUserError');
  expect(failure.find(({ path }) => path.endsWith('failure.message'))?.text).toBe('Encoded failure');
  expect(failure.find(({ path }) => path.endsWith('failure.stackTrace'))?.text ?? '').toBe('');
  expect(texts.filter(({ text }) => text.includes(MESSAGE))).toEqual([]);
});

it('the page lists what stays readable, each with where it is found', () => {
  const rows = tableRows(PAGE).filter(({ cells }) => cells.length === 3);
  expect(rows.length).toBeGreaterThan(7);
  const texts = found(told);
  const missing = rows.filter(({ cells: [, example = '', field = ''] }) => {
    const [text = '', name = ''] = [example, field].map((cell) => /`([^`]+)`/.exec(cell)?.[1] ?? '');
    return !texts.some((one) => one.path.includes(name) && `${one.path} ${one.text}`.includes(text));
  });
  expect(missing.map(({ cells }) => cells[0])).toEqual([]);
});

it('a worker with a bundle that tells failures in plain does not begin', async () => {
  const dataConverter = encrypting(keysText('2026-11', ['2026-11']));
  const workflowBundle = { codePath: builtBundle('workflow-bundle.js') };
  const connections = [{ name: 'default', url: 'http://127.0.0.1:1', token: () => 'x' }];
  const worker = { dataConverter, workflowBundle };
  await expect(createWorker({ connection: server.nativeConnection, connections, worker })).rejects.toThrow(
    'The bundle of workflows was built without the failure converter that encrypts.',
  );
});
