import { describe, expect, it } from 'vitest';
import { ask, pausedSandbox } from '../support.js';
import { finished, rowsOf, storage, upload } from '../storage-support.js';

const [FROM, TO] = ['in.c-shop.orders', 'out.c-shop.orders'];

type Paused = Awaited<ReturnType<typeof pausedSandbox>>;

/** A job that copies tables; it is over when this returns. */
async function copied(sandbox: Paused, copies: unknown): Promise<{ status: string; result: { message: string } }> {
  const body = { configData: { parameters: { sandbox: { copies } } } };
  const { json } = await ask(sandbox, '/docker/keboola.snowflake-transformation/run', { method: 'POST', body });
  sandbox.clock.advance(60_000);
  return (await ask(sandbox, `/queue/job/${json['id']}`)).json as never;
}

async function load(sandbox: Paused, csv: string): Promise<void> {
  const body = { name: 'orders', dataFileId: await upload(sandbox, csv) };
  const job = await finished(sandbox, '/buckets/in.c-shop/tables-async', { body });
  expect(job.status).toBe('success');
}

describe('a job that copies tables', () => {
  it('makes the table that is missing, and replaces the rows of one that is there', async () => {
    const sandbox = await pausedSandbox();
    await load(sandbox, 'id,price\n1,10\n2,20\n');
    expect((await copied(sandbox, [{ from: FROM, to: TO }])).status).toBe('success');
    expect((await copied(sandbox, [{ from: FROM, to: TO }])).status).toBe('success');
    expect(await rowsOf(sandbox, TO)).toEqual(await rowsOf(sandbox, FROM));
    expect(await rowsOf(sandbox, TO)).toHaveLength(2);
  });

  it.each([
    ['no such table', { from: FROM, to: TO }, `Table "${FROM}" does not exist.`],
    ['no such bucket', { from: FROM, to: 'out.c-none.orders' }, 'Bucket "out.c-none" does not exist.'],
  ])('ends as a mistake of the user where there is %s', async (_, copy, message) => {
    const sandbox = await pausedSandbox();
    if (copy.to !== TO) await load(sandbox, 'id\n1\n');
    const job = await copied(sandbox, [copy]);
    expect(job).toMatchObject({ status: 'error', error: 'user', result: { message } });
    expect((await storage(sandbox, `/tables/${copy.to}`)).status).toBe(404);
  });
});

it('has the buckets of its fixture after a reset, too', async () => {
  const sandbox = await pausedSandbox();
  sandbox.reset();
  const { json } = await storage<{ id: string }[]>(sandbox, '/buckets');
  expect(json.map(({ id }) => id)).toEqual(['in.c-shop', 'out.c-shop']);
});
