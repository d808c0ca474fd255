import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { ask, matching, pausedSandbox } from '../support.js';
import { entrance, finished, prepare, putBlob, storage, upload } from '../storage-support.js';
import type { FileDocument } from '../storage-support.js';

const BLOCK_BLOB = { 'x-ms-blob-type': 'BlockBlob' };

async function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const { statusCode, body } = await request(url, { headers });
  return { status: statusCode, body: await body.text() };
}

describe('a file', () => {
  it('is prepared, uploaded with the credentials that come back, and downloaded from its address', async () => {
    const sandbox = await pausedSandbox();
    const headers = { 'x-kbc-runid': '77' };
    const body = { name: 'rows.csv', sizeBytes: 4, tags: ['a', 'b'], federationToken: true };
    const { status, json } = await storage<FileDocument>(sandbox, '/files/prepare', { method: 'POST', body, headers });
    expect([status, json]).toMatchObject([
      201,
      {
        name: 'rows.csv',
        provider: 'azure',
        sizeBytes: 4,
        tags: ['a', 'b'],
        maxAgeDays: 15,
        runId: '77',
        isSliced: false,
      },
    ]);
    const { endpoint, signature } = entrance(json.absUploadParams.absCredentials.SASConnectionString);
    expect(endpoint).toBe(`${sandbox.url}/kbcfshsandbox`);
    expect(signature).toEqual(matching(/^sv=[\d-]+&sr=c&st=\S+Z&se=\S+Z&sp=rwl&sig=[\w%]{44,}$/));
    expect((await get(json.url)).status).toBe(404);
    expect(await putBlob(json, 'rows.csv', 'a\n1\n2\n')).toBe(201);
    const shown = await storage<FileDocument>(sandbox, `/files/${json.id}`);
    expect(shown.json).toMatchObject({ id: json.id, sizeBytes: 6, fileType: 'csv' });
    expect(await get(shown.json.url)).toEqual({ status: 200, body: 'a\n1\n2\n' });
    expect(await get(shown.json.url, { 'x-ms-range': 'bytes=2-3' })).toEqual({ status: 206, body: '1\n' });
  });

  it('takes no token and no bytes without its own signature, in its own time', async () => {
    const sandbox = await pausedSandbox();
    const [file, other] = [await prepare(sandbox), await prepare(sandbox)];
    const { endpoint, signature } = entrance(file.absUploadParams.absCredentials.SASConnectionString);
    const put = async (container: string, query: string): Promise<number> =>
      (await request(`${endpoint}/${container}/rows.csv?${query}`, { method: 'PUT', headers: BLOCK_BLOB, body: 'a' }))
        .statusCode;
    const { container } = file.absUploadParams;
    expect(await put(container, '')).toBe(403);
    expect(await put(other.absUploadParams.container, signature)).toBe(403);
    expect(await put(container, new URL(file.url).search.slice(1))).toBe(403);
    expect(await put(container, signature.replace('sp=rwl', 'sp=rwld'))).toBe(403);
    expect(await put(container, signature)).toBe(201);
    sandbox.clock.advance(3_600_001);
    expect((await get(file.url)).status).toBe(403);
    sandbox.clock.advance(11 * 3_600_000);
    expect(await put(container, signature)).toBe(403);
  });

  it('may come in blocks, and is there when the list of them is', async () => {
    const sandbox = await pausedSandbox();
    const file = await prepare(sandbox);
    const { container, absCredentials } = file.absUploadParams;
    const { endpoint, signature } = entrance(absCredentials.SASConnectionString);
    const put = async (more: string, body: string): Promise<number> =>
      (await request(`${endpoint}/${container}/rows.csv?${more}&${signature}`, { method: 'PUT', body })).statusCode;
    expect(await put('comp=block&blockid=MQ%3D%3D', 'first,')).toBe(201);
    expect(await put('comp=block&blockid=Mg%3D%3D', 'second')).toBe(201);
    expect((await get(file.url)).status).toBe(404);
    const list = (ids: string[]): string =>
      `<BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join('')}</BlockList>`;
    expect(await put('comp=blocklist', list(['MQ==', 'Mw==']))).toBe(400);
    expect(await put('comp=blocklist', list(['MQ==', 'Mg==']))).toBe(201);
    expect(await get(file.url)).toEqual({ status: 200, body: 'first,second' });
  });

  it('is gone after fifteen days, unless it is permanent', async () => {
    const sandbox = await pausedSandbox();
    const ids = [(await prepare(sandbox)).id, (await prepare(sandbox, { isPermanent: true })).id];
    sandbox.clock.advance(15 * 86_400_000);
    const statuses = await Promise.all(ids.map(async (id) => (await storage(sandbox, `/files/${id}`)).status));
    expect(statuses).toEqual([404, 200]);
  });

  it('is deleted at once or by a job, and belongs to its project', async () => {
    const sandbox = await pausedSandbox();
    const [first, second] = [await upload(sandbox, 'a\n'), await upload(sandbox, 'a\n')];
    expect((await storage(sandbox, `/files/${first}`, { token: '2222-1-other' })).status).toBe(404);
    expect((await storage(sandbox, `/files/${first}`, { method: 'DELETE' })).status).toBe(204);
    expect((await finished(sandbox, `/files/${second}?async=true`, { method: 'DELETE' })).status).toBe('success');
    const gone = await storage(sandbox, `/files/${second}`);
    expect([gone.status, gone.json['code']]).toEqual([404, 'storage.files.notFound']);
  });
});

describe('the list of files', () => {
  it('shows the newest first, by tag and run id, when the index knows of them', async () => {
    const sandbox = await pausedSandbox();
    const made: number[] = [];
    for (const tags of [['a'], ['b', 'a'], ['c']]) made.push((await prepare(sandbox, { tags })).id);
    const list = async (query = '') =>
      (await storage<FileDocument[]>(sandbox, `/files?${query}`)).json.map(({ id }) => id);
    expect(await list()).toEqual([]);
    sandbox.clock.advance(1_000);
    expect(await list()).toEqual([...made].reverse());
    expect(await list('tags[]=a&limit=1')).toEqual([made[1]]);
    expect(await list('tags[0]=c&tags[1]=b')).toEqual([made[2], made[1]]);
    expect(await list(`sinceId=${made[0]}&maxId=${made[2]}`)).toEqual([made[1]]);
    expect(await list('runId=1')).toEqual([]);
    await sandbox.settings({ searchStalled: true });
    const late = await prepare(sandbox);
    sandbox.clock.advance(60_000);
    expect(await list('limit=1')).toEqual([made[2]]);
    await sandbox.settings({ searchStalled: false });
    expect(await list('limit=1')).toEqual([late.id]);
  });

  it('takes JSON also when it is said to be a form, and nothing else', async () => {
    const sandbox = await pausedSandbox();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const statuses = ['{"name":"rows.csv"}', '{"name":'].map(
      async (rawBody) => (await ask(sandbox, '/v2/storage/files/prepare', { method: 'POST', rawBody, headers })).status,
    );
    expect(await Promise.all(statuses)).toEqual([201, 400]);
  });

  it('takes forms as older clients send them', async () => {
    const sandbox = await pausedSandbox();
    const { status, json } = await ask(sandbox, '/v2/storage/files/prepare', {
      method: 'POST',
      rawBody: 'name=rows.csv&tags[0]=a&tags[]=b&isPermanent=1&isSliced=0',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([status, json]).toMatchObject([201, { tags: ['a', 'b'], maxAgeDays: null, isSliced: false }]);
  });
});

describe('memory for files', () => {
  it('is bounded, and comes back when files go', async () => {
    const sandbox = await pausedSandbox({ storageBytesMax: 1_000 });
    const first = await upload(sandbox, 'x'.repeat(900));
    const file = await prepare(sandbox);
    expect(await putBlob(file, 'rows.csv', 'x'.repeat(200))).toBe(413);
    expect((await get(file.url)).status).toBe(404);
    await storage(sandbox, `/files/${first}`, { method: 'DELETE' });
    expect(await putBlob(file, 'rows.csv', 'x'.repeat(900))).toBe(201);
    expect(await putBlob(file, 'rows.csv', 'x'.repeat(90))).toBe(201);
    expect(await putBlob(file, 'more', 'x'.repeat(900))).toBe(201);
  });

  it('takes files that are longer than any other body, byte by byte', async () => {
    const sandbox = await pausedSandbox();
    const content = Buffer.alloc(20_000_000, 'Ж');
    const file = await prepare(sandbox);
    expect(await putBlob(file, 'rows.csv', content)).toBe(201);
    const { body } = await request(file.url);
    expect(content.equals(Buffer.from(await body.arrayBuffer()))).toBe(true);
  });
});

describe('what the sandbox tells of files', () => {
  it('has no signature in its log', async () => {
    const sandbox = await pausedSandbox();
    const file = await prepare(sandbox);
    await putBlob(file, 'rows.csv', 'secret content');
    await get(file.url);
    expect(sandbox.requests.map(({ route }) => route)).toEqual(['filePrepare', 'upload', 'download']);
    const log = JSON.stringify(sandbox.requests);
    expect(log).toContain('sig=****');
    expect(log).not.toMatch(/sig=[^*]|secret content/);
  });

  it('can be broken like everything else', async () => {
    const sandbox = await pausedSandbox();
    const file = await prepare(sandbox);
    sandbox.faults.add({ route: 'upload', reset: 'after' });
    await expect(putBlob(file, 'rows.csv', 'a')).rejects.toThrow();
    expect(await get(file.url)).toEqual({ status: 200, body: 'a' });
    sandbox.faults.add({ route: 'download', status: 503 });
    expect((await get(file.url)).status).toBe(503);
  });
});
