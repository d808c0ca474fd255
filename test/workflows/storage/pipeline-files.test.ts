import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { TaskInput } from '../../../src/job/pipeline/input.js';
import type { PipelineResult } from '../../../src/job/pipeline/result.js';
import { rowsOf } from '../../sandbox/storage-support.js';
import { causeOf, tasksOf } from '../../support/pipeline-lab.js';
import { BUCKET, CSV, StorageLab, TABLE } from '../../support/storage-lab.js';
import { tempFolder } from '../../support/temp-folder.js';

let lab: StorageLab;
let web: Server;
let address: string;

beforeAll(async () => {
  web = createServer((_, response) => response.end(CSV)).listen(0, '127.0.0.1');
  await once(web, 'listening');
  address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  lab = await StorageLab.open({ files: { folder: await tempFolder(), importHosts: [address] } });
});
beforeEach(() => lab.reset());
afterAll(async () => {
  web.close();
  await lab.close();
});

const pipeline = (...tasks: TaskInput[]): object => ({
  name: 'nightly',
  phases: tasks.map((task, at) => ({ name: `phase ${at + 1}`, tasks: [task] })),
});

it('tasks of a pipeline load an address and a file of Storage, and leave an export there', async () => {
  const fileId = String(await lab.upload(CSV));
  const input = pipeline(
    { id: 'address', import: { table: TABLE, source: { url: `${address}/orders.csv` } } },
    { id: 'file', import: { table: `${BUCKET}.more`, source: { fileId, rows: 2 } } },
    { id: 'left', export: { table: TABLE, to: { storage: true } } },
  );
  const tasks = tasksOf(await lab.resultOf<PipelineResult>('runPipeline', input));
  expect(tasks).toMatchObject({
    address: { status: 'success', storage: { rows: 2 } },
    file: { status: 'success', storage: { rows: 2, fileId } },
    left: { status: 'success', storage: { table: TABLE, fileId: expect.stringMatching(/^\d+$/) as string } },
  });
  expect(await rowsOf(lab.sandbox, `${BUCKET}.more`)).toEqual(['"1","10"', '"2","20"']);
});

it('a task whose address is at a host that is not allowed fails as a wrong input', async () => {
  const task: TaskInput = { id: 'in', import: { table: TABLE, source: { url: 'https://elsewhere.example.com/a' } } };
  const cause = await causeOf(await lab.start('runPipeline', pipeline(task)));
  expect(cause).toMatchObject({ type: 'PipelineFailed' });
  expect(JSON.stringify(cause.details)).toContain('this worker may not read from');
});
