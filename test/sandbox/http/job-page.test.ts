import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.js';
import { ask, closeLater, pausedSandbox, post, runScript } from '../support.js';

const NASTY = `<script>alert("1")</script> & 'more'`;

describe('the page of a job', () => {
  it('shows without a token how it goes, its messages and the jobs below it', async () => {
    const sandbox = await pausedSandbox();
    const children = [{ component: 'keboola.ex-db-mysql', config: 'success' }];
    const events = [{ message: 'Half of it is done.' }];
    const id = await runScript(sandbox, { durationSeconds: 1, message: 'All is done.', children, events });
    sandbox.clock.advance(60_000);
    const page = await ask(sandbox, `/admin/projects/1134/jobs/${id}`, { token: null });
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    for (const part of [`Job ${id}: success`, 'keboola.ex-http', 'All is done.', 'Half of it', 'Jobs below: 1']) {
      expect(page.text).toContain(part);
    }
    expect(page.text).toContain('<td>keboola.ex-db-mysql</td>');
    expect(page.text).not.toContain(sandbox.token);
  });

  it('is loaded again by itself until the job has ended', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 1 });
    const page = async (): Promise<string> => (await ask(sandbox, `/admin/projects/1134/jobs/${id}`)).text;
    expect(await page()).toContain('http-equiv="refresh"');
    sandbox.clock.advance(60_000);
    expect(await page()).not.toContain('http-equiv="refresh"');
  });

  it('shows what a job says and runs none of it', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 0, message: NASTY, events: [{ message: NASTY }] });
    sandbox.clock.advance(60_000);
    const { text, headers } = await ask(sandbox, `/admin/projects/1134/jobs/${id}`);
    expect(text.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;')).toHaveLength(4);
    expect(text).not.toContain('<script');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('is there for a job of Queue v2, where the interface has those', async () => {
    const sandbox = await pausedSandbox();
    const token = '5555-1-queue';
    const created = await post(sandbox, '/jobs', { component: 'keboola.ex-http', config: 'success' }, { token });
    const { id } = created.json;
    const page = await ask(sandbox, `/admin/projects/5555/queue/${id}`, { token: null });
    expect(page.status).toBe(200);
    expect(page.text).toContain(`Job ${id}: created`);
  });

  it.each([
    ['another project', '2222', undefined],
    ['no job', '1134', '1'],
  ])('is not there for %s', async (_, project, other) => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 1 });
    expect((await ask(sandbox, `/admin/projects/${project}/jobs/${other ?? id}`)).status).toBe(404);
  });

  it('shows nothing where others can reach the sandbox', async () => {
    const sandbox = closeLater(await startSandbox({ host: '0.0.0.0' }));
    const id = await runScript(sandbox, { durationSeconds: 0, message: 'Not for all.' });
    const { status, text } = await ask(sandbox, `/admin/projects/1134/jobs/${id}`);
    expect(status).toBe(403);
    expect(text).not.toContain('Not for all.');
  });

  it('counts as no request to Keboola', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { durationSeconds: 1 });
    const before = sandbox.requests.length;
    await ask(sandbox, `/admin/projects/1134/jobs/${id}`);
    expect(sandbox.requests).toHaveLength(before);
  });
});
