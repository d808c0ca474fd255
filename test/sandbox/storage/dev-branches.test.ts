import { describe, expect, it } from 'vitest';
import { pausedSandbox } from '../support.js';
import { accepted, finished, readStorageJob, storage } from '../storage-support.js';

describe('development branches', () => {
  it('are made and deleted by jobs, and each name is there once', async () => {
    const sandbox = await pausedSandbox();
    const create = { body: { name: 'try', description: 'Out' } };
    const [first, second] = [
      await accepted(sandbox, '/dev-branches', create),
      await accepted(sandbox, '/dev-branches', create),
    ];
    sandbox.clock.advance(10_000);
    const { operationName, results } = await readStorageJob(sandbox, first.id);
    expect([operationName, results]).toMatchObject([
      'devBranchCreate',
      { name: 'try', description: 'Out', isDefault: false },
    ]);
    expect((await readStorageJob(sandbox, second.id)).error?.code).toBe('devBranch.duplicateName');
    const [main, ...others] = (await storage(sandbox, '/dev-branches')).json as unknown as unknown[];
    expect(main).toMatchObject({ isDefault: true });
    expect(others).toEqual([results]);
    expect((await storage(sandbox, '/dev-branches', { method: 'POST', ...create })).status).toBe(400);
    const path = `/dev-branches/${(results as { id: number }).id}`;
    expect((await storage(sandbox, path)).json).toEqual(results);
    expect((await finished(sandbox, path, { method: 'DELETE' })).operationName).toBe('devBranchDelete');
    expect((await storage(sandbox, path)).json['code']).toBe('devBranch.notFound');
  });

  it('need a name, a writer and their own project', async () => {
    const sandbox = await pausedSandbox();
    const { results } = await finished(sandbox, '/dev-branches', { body: { name: 'try' } });
    const path = `/dev-branches/${(results as { id: number }).id}`;
    expect((await storage(sandbox, path, { token: '2222-1-other' })).status).toBe(404);
    expect((await storage(sandbox, path, { method: 'DELETE', token: '1134-53045-readonly' })).status).toBe(403);
    expect((await storage(sandbox, '/dev-branches', { method: 'POST' })).json['code']).toBe(
      'storage.devBranch.validation',
    );
  });
});
