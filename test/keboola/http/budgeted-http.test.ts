import { expect, it, onTestFinished } from 'vitest';
import { Connections } from '../../../src/keboola/connections.js';
import { BudgetSpent } from '../../../src/keboola/http/request-budget.js';
import { replies } from '../../support/replies.js';
import { startRawServer } from '../../support/raw-server.js';

const TOKEN = '1134-53044-secretsecretsecret';
/** So seldom that nothing is added to the budget while a test runs, however long that takes. */
const NEVER = 1e-6;
const job = { id: 1, status: 'processing' };

/** A Keboola that counts the requests about jobs, and answers each with the status that it is told, at once or later. */
async function stack(reads: () => number | Promise<number>): Promise<{ url: string; seen: { requests: number } }> {
  const seen = { requests: 0 };
  const server = await startRawServer((response, request) => {
    if (request.path.startsWith('/v2/storage')) {
      const index = { services: [{ id: 'syrup', url: server.url }] };
      replies.json(200, { ...index, owner: { id: 1134 } })(response, request);
      return;
    }
    seen.requests += 1;
    void Promise.resolve(reads()).then((status) => {
      const answer = status === 200 ? job : { message: 'slow down' };
      replies.json(status, answer, { 'retry-after': '60' })(response, request);
    });
  });
  return { url: server.url, seen };
}

function connect(url: string, budget: { requestsPerSecond: number; requestBurst: number }): Connections {
  const connections = new Connections([{ name: 'default', url, token: () => TOKEN, ...budget }]);
  onTestFinished(() => connections.close());
  return connections;
}

it('fifty readers at once stay within the budget, and who would have to stand in line is sent away before any answer', async () => {
  const sentAway: unknown[] = [];
  let answer: (status: number) => void = () => undefined;
  const answered = new Promise<number>((resolve) => (answer = resolve));
  const { url, seen } = await stack(() => answered);
  // Two more than the reads that pass: to verify the token and to find Syrup take a request each, too.
  const jobs = await connect(url, { requestsPerSecond: NEVER, requestBurst: 7 }).get('default').jobs();
  const readOnce = async (): Promise<unknown> => {
    try {
      return (await jobs.get('1')).view.jobId;
    } catch (error) {
      if (sentAway.push(error) === 45) answer(200);
      return undefined;
    }
  };
  const ids = await Promise.all(Array.from({ length: 50 }, readOnce));
  expect(sentAway.every((error) => error instanceof BudgetSpent)).toBe(true);
  expect(ids.filter((id) => id === '1')).toHaveLength(5);
  expect(seen.requests).toBe(5);
});

it('an answer with Retry-After makes the others wait too, but no kill', async () => {
  const { url, seen } = await stack(() => (seen.requests === 1 ? 429 : 200));
  const jobs = await connect(url, { requestsPerSecond: 100, requestBurst: 100 }).get('default').jobs();
  await expect(jobs.get('1')).rejects.toMatchObject({ facts: { status: 429 } });
  await expect(jobs.get('1')).rejects.toBeInstanceOf(BudgetSpent);
  await jobs.kill('1');
  expect(seen.requests).toBe(2);
});

it('a creation without budget is refused before anything is sent', async () => {
  const { url, seen } = await stack(() => 200);
  const jobs = await connect(url, { requestsPerSecond: NEVER, requestBurst: 4 }).get('default').jobs();
  const request = { connection: 'default', project: '1134', component: 'keboola.ex-http', runId: '9', configData: {} };
  await Promise.allSettled([jobs.get('1'), jobs.get('1')]);
  await expect(jobs.prepareCreate(request)).rejects.toBeInstanceOf(BudgetSpent);
  expect(seen.requests).toBe(2);
});
