import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { causeOf } from '../../support/pipeline-lab.js';
import { CSV, StorageLab, TABLE } from '../../support/storage-lab.js';

const ATTEMPTS = 10;
/** RFC 6761: no such host is ever known. */
const UNKNOWN = 'https://files.invalid';

let lab: StorageLab;
let web: Server;
let address: string;
/** Where nobody listens any more. */
let closed: string;
let asked = 0;
let isMended = (): boolean => false;

beforeAll(async () => {
  web = createServer((request, response) => {
    asked += 1;
    if (isMended()) response.end(CSV);
    else if (request.url === '/broken.csv') {
      response.writeHead(200, { 'content-length': '100' }).write('id,price\n');
      setTimeout(() => response.socket?.destroy(), 5);
    } else response.writeHead(503).end();
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  closed = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((done) => gone.close(done));
  lab = await StorageLab.open({ files: { importHosts: [address, closed, UNKNOWN] } });
});
beforeEach(async () => {
  [asked, isMended] = [0, () => false];
  await lab.reset();
});
afterAll(async () => {
  web.close();
  await lab.close();
});

const failureOf = async (url: string): Promise<unknown> =>
  await causeOf(await lab.start('importTable', { table: TABLE, source: { url } }));

it.each([
  ['fails', () => `${address}/ill.csv?sig=s3cret`, () => `${address}/ill.csv cannot be read: it answered 503`],
  ['breaks off each time', () => `${address}/broken.csv`, () => `${address}/broken.csv cannot be read: the connection`],
  ['nobody listens at', () => `${closed}/a.csv`, () => `${closed}/a.csv cannot be read: cannot reach ${closed}`],
  ['is of an unknown host', () => `${UNKNOWN}/a.csv`, () => `${UNKNOWN}/a.csv cannot be read: cannot reach ${UNKNOWN}`],
])('an address that %s is tried ten times and then the fault of the input, by its host', async (_, url, words) => {
  const error = await failureOf(url());
  expect(error).toMatchObject({
    type: 'InvalidInput',
    message: expect.stringContaining(`source: ${words()}`) as string,
  });
  expect(JSON.stringify(error)).not.toContain('s3cret');
  if (url().startsWith(address)) expect(asked).toBe(ATTEMPTS);
  expect(lab.sandbox.counters.requests.tableCreate).toBe(0);
});

it('an address that is ill for a while is loaded once it is well', async () => {
  isMended = () => asked > 3;
  const result = await lab.resultOf('importTable', { table: TABLE, source: { url: `${address}/broken.csv` } });
  expect(result).toMatchObject({ rows: 2, status: 'success' });
  expect(asked).toBe(4);
});
