import { describe, expect, it } from 'vitest';
import { pausedSandbox } from '../support.js';
import { accepted, finished, storage } from '../storage-support.js';

interface Shown {
  id: number;
  connection: { schema: string; password?: string };
}

describe('workspaces', () => {
  it('show their password in the answer that makes them, and never again', async () => {
    const sandbox = await pausedSandbox();
    const { json: made } = await storage<Shown>(sandbox, '/branch/default/workspaces', { method: 'POST' });
    expect(made.connection.password).toMatch(/^[\w-]{32}$/);
    const { json: shown } = await storage<Shown>(sandbox, `/workspaces/${made.id}`);
    expect(shown).toMatchObject({ id: made.id, connection: { schema: made.connection.schema } });
    expect(shown.connection).not.toHaveProperty('password');
    expect((await storage(sandbox, `/workspaces/${made.id}`, { token: '2222-1-other' })).status).toBe(404);
  });

  it('are made once more by every repeated call, because nothing tells two of them apart', async () => {
    const sandbox = await pausedSandbox();
    await finished(sandbox, '/workspaces?async=true');
    await finished(sandbox, '/workspaces?async=True');
    expect((await storage<unknown[]>(sandbox, '/workspaces')).json).toHaveLength(2);
  });

  it('are deleted at once or by a job', async () => {
    const sandbox = await pausedSandbox();
    const ids: number[] = [];
    for (let count = 0; count < 2; count++)
      ids.push((await storage<Shown>(sandbox, '/workspaces', { method: 'POST' })).json.id);
    expect((await storage(sandbox, `/workspaces/${ids[0]}/`, { method: 'DELETE' })).status).toBe(204);
    expect((await finished(sandbox, `/workspaces/${ids[1]}?async=true`, { method: 'DELETE' })).status).toBe('success');
    const gone = await storage(sandbox, `/workspaces/${ids[1]}`, { method: 'DELETE' });
    expect([gone.status, gone.json['code']]).toEqual([404, 'workspace.workspaceNotFound']);
  });

  it('answer a list of jobs to an unload, and a dry run at once', async () => {
    const sandbox = await pausedSandbox();
    const { id } = (await storage<Shown>(sandbox, '/workspaces', { method: 'POST' })).json;
    const jobs = await accepted(sandbox, `/workspaces/${id}/unload`, { body: { tables: ['a', 'b'] } });
    expect(jobs).toMatchObject([{ operationName: 'workspaceUnload' }, { operationName: 'workspaceUnload' }]);
    const dry = await storage(sandbox, `/workspaces/${id}/input-mapping-load`, {
      method: 'POST',
      body: { dryRun: true },
    });
    expect(dry.status).toBe(200);
  });
});
