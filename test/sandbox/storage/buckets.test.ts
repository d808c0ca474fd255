import { describe, expect, it } from 'vitest';
import { pausedSandbox, some } from '../support.js';
import { accepted, finished, readStorageJob, rowsOf, storage, tableOf, upload } from '../storage-support.js';

const create = { method: 'POST', body: { name: 'main', stage: 'in', description: 'Orders' } } as const;

describe('buckets', () => {
  it('are created, listed, shown and deleted, in their own project', async () => {
    const sandbox = await pausedSandbox();
    const made = await storage(sandbox, '/buckets', create);
    expect([made.status, made.json]).toMatchObject([
      201,
      {
        id: 'in.c-main',
        name: 'c-main',
        displayName: 'main',
        stage: 'in',
        description: 'Orders',
        uri: `${sandbox.url}/v2/storage/buckets/in.c-main`,
        created: '2016-05-15T18:14:47+0200',
        backend: 'snowflake',
      },
    ]);
    const list = await storage(sandbox, '/branch/default/buckets');
    // Behind those that the fixture has.
    expect(list.json).toMatchObject([{ id: 'in.c-shop' }, { id: 'out.c-shop' }, made.json]);
    expect((await storage(sandbox, '/buckets', { token: '2222-1-other' })).json).toEqual([]);
    expect((await storage(sandbox, '/buckets', { ...create, token: '2222-1-other' })).status).toBe(201);
    expect((await storage(sandbox, '/buckets/in.c-main', { method: 'DELETE' })).status).toBe(204);
    const gone = await storage(sandbox, '/buckets/in.c-main');
    expect([gone.status, gone.json]).toEqual([
      404,
      {
        status: 'error',
        error: 'Bucket in.c-main not found',
        code: 'storage.buckets.notFound',
        exceptionId: some(String),
      },
    ]);
  });

  it.each([
    [{ name: 'ma in' }, 'storage.buckets.validation'],
    [{ name: '' }, 'storage.buckets.validation'],
    [{}, 'storage.buckets.validation'],
    [{ name: '_x' }, 'storage.buckets.validation'],
    [{ name: 'x', stage: 'sys' }, 'storage.buckets.validation'],
    [{ name: 'x', backend: 'redshit' }, 'storage.buckets.validation'],
    [{ name: 'x', displayName: '$$$' }, 'storage.buckets.validation'],
    [{ name: 'main' }, 'storage.buckets.alreadyExists'],
    [{ name: 'x', displayName: 'main' }, 'storage.buckets.alreadyExists'],
  ])('cannot be %j: %s', async (body, code) => {
    const sandbox = await pausedSandbox();
    await storage(sandbox, '/buckets', create);
    const refused = await storage(sandbox, '/buckets', { method: 'POST', body });
    expect([refused.status, refused.json['code']]).toEqual([400, code]);
  });

  it('are refused to those who may only read', async () => {
    const sandbox = await pausedSandbox();
    expect((await storage(sandbox, '/buckets', { ...create, token: '1134-53045-readonly' })).status).toBe(403);
    expect((await storage(sandbox, '/buckets', { token: '1134-53045-readonly' })).status).toBe(200);
  });

  it('with tables are deleted by force only, also when the table came while the job waited', async () => {
    const sandbox = await pausedSandbox();
    await storage(sandbox, '/buckets', create);
    const deletion = await accepted(sandbox, '/buckets/in.c-main?async=1', { method: 'DELETE' });
    sandbox.faults.add({ route: 'tableCreate', jobSeconds: 1 });
    await accepted(sandbox, '/buckets/in.c-main/tables-async', {
      body: { name: 'orders', dataFileId: await upload(sandbox, 'id\n1\n') },
    });
    sandbox.clock.advance(10_000);
    expect(await readStorageJob(sandbox, deletion.id)).toMatchObject({
      operationName: 'bucketDelete',
      status: 'error',
      error: { code: 'buckets.deleteNotEmpty' },
    });
    const refused = await storage(sandbox, '/buckets/in.c-main', { method: 'DELETE' });
    expect(refused.json['error']).toBe('Only empty buckets can be deleted. There are 1 tables in the bucket.');
    const forced = await finished(sandbox, '/buckets/in.c-main?force=1&async=true', { method: 'DELETE' });
    expect([forced.status, (await storage(sandbox, '/tables')).json]).toEqual(['success', []]);
  });

  it('give back the memory of their tables', async () => {
    const sandbox = await pausedSandbox({ storageBytesMax: 2_000 });
    for (let count = 0; count < 5; count++) {
      const table = await tableOf(sandbox, `id\n${'x'.repeat(500)}\n`);
      expect(await rowsOf(sandbox, table)).toHaveLength(1);
      await storage(sandbox, '/buckets/in.c-main?force=true', { method: 'DELETE' });
      const [file] = (await storage<{ id: number }[]>(sandbox, '/files')).json;
      await storage(sandbox, `/files/${file?.id}`, { method: 'DELETE' });
    }
  });
});
