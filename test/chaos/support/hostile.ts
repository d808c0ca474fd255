import type { RawValue } from '@temporalio/common';
import fc from 'fast-check';
import { rawPayload } from '../../support/raw-payload.js';

/** Any sequence of 16-bit units, halves of characters and control characters included. */
const text = fc
  .oneof(
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }),
    fc.array(fc.constantFrom(0xd800, 0xdfff, 0x1b, 0x202e, 0, 0x7f, 0x41), { maxLength: 40 }),
    fc.tuple(fc.integer({ min: 0xd800, max: 0xdfff }), fc.integer({ min: 1, max: 3_000 })).map(([unit, count]) => {
      return Array.from({ length: count }, () => unit);
    }),
  )
  .map((units) => String.fromCharCode(...units));

const name = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.constantFrom('__proto__', 'constructor', 'component', 'config', 'configData', 'jobId', 'phases', 'runTimeout'),
);

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    fc.double(),
    fc.constantFrom(null, true, [], {}, '', '..', -1, 1e300, '1d'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const raw = fc
  .tuple(
    fc.constantFrom('', 'json/plain', 'json/protobuf', 'binary/plain', 'binary/null', 'binary/encrypted', '\u0000'),
    fc.uint8Array({ maxLength: 60 }),
  )
  .map(([encoding, data]): RawValue => rawPayload(encoding, data));

/** What a client may hand to a workflow, whoever has written the client. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof({ weight: 3, arbitrary: json }, raw, text);

const plain = {
  runJob: { component: 'keboola.ex-http', config: 'success' },
  waitForJob: { jobId: '1' },
  runPipeline: { name: 'nightly', phases: [{ tasks: [{ component: 'keboola.ex-http', config: 'success' }] }] },
  importTable: { table: 'in.c-main.orders', source: { csv: 'id\n1\n' } },
  exportTable: { table: 'in.c-main.orders' },
  runStorageJob: { method: 'POST', path: 'buckets/in.c-main/tables-async' },
  runAsyncAction: { method: 'POST', path: '/gooddata-writer/v2/main/load-data' },
  callAction: { component: 'keboola.ex-http', action: 'testConnection' },
  readLogs: { jobId: '1' },
  readRerunPlan: { jobId: '1' },
  resolveConfiguration: { component: 'keboola.ex-http', config: 'success' },
  listComponents: {},
} as const;

export interface HostileStart {
  workflow: string;
  input: unknown;
}

/** A start with anything at all, or with a good input in which one field is anything. */
export const hostileStart: fc.Arbitrary<HostileStart> = fc
  .tuple(fc.constantFrom(...Object.keys(plain)), name, json, hostile, fc.boolean())
  .map(([workflow, field, value, anything, inPlace]) => {
    const good = plain[workflow as keyof typeof plain];
    return { workflow, input: inPlace ? { ...good, [field]: value } : anything };
  });
