import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startDevServer, type DevServer } from '../../src/dev/dev-server.js';
import { SEARCH_ATTRIBUTES } from '../../src/job/search-attributes.js';
import { closedPort } from '../support/broken-servers.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import type { Environment } from '../support/processes.js';
import { eventually } from '../support/eventually.js';
import { required } from '../support/required.js';

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
  advice?: string;
}

let lab: CliLab;
/** Without our search attributes. */
let fresh: DevServer;

beforeAll(async () => {
  const { cli } = required(inject('devServer'));
  [lab, fresh] = await Promise.all([openCliLab(), startDevServer({ cli, headless: true, searchAttributes: {} })]);
  await lab.startWorker();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
  await fresh.stop();
});

async function examined(env: Environment): Promise<{ code: number | null; findings: Record<string, Finding> }> {
  const good = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN };
  const { code, stdout } = await lab.run(['doctor', '--json'], { ...good, ...env });
  const list = JSON.parse(stdout) as Finding[];
  return { code, findings: Object.fromEntries(list.map((finding) => [finding.check, finding])) };
}

const KEBOOLA = 'Keboola, connection default';

describe.concurrent('`doctor`', () => {
  it('leaves with 0 when all is well, and prints what it found', async () => {
    const env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN };
    const { code, stdout } = await lab.run(['doctor'], env);
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^ok {4}Temporal: server \S+, namespace default$/),
      `ok    Workers: 1 on task queue ${lab.taskQueue}`,
      'ok    Search attributes: all registered',
      `ok    ${KEBOOLA}: project Tutorial (1134) at ${lab.sandbox.url}`,
    ]);
    expect(code).toBe(0);
  });

  it('says how to start a worker when nobody polls the task queue', async () => {
    const { code, findings } = await examined({ KEBOOLA_TASK_QUEUE: lab.unique('empty') });
    expect(code).toBe(1);
    expect(findings['Workers']).toMatchObject({ ok: false, advice: 'Start one with `keboola-temporal worker`.' });
    expect(findings[KEBOOLA]).toMatchObject({ ok: true });
  });

  it('says how to renew a token that Keboola refuses', async () => {
    const { code, findings } = await examined({ KBC_TOKEN: '1134-1-expiredexpired' });
    expect(code).toBe(1);
    expect(findings[KEBOOLA]?.detail).toMatch(/answered 401/);
    expect(findings[KEBOOLA]?.advice).toContain('Make a new Storage token in Keboola');
  });

  it.each([
    ['without a token', { KBC_TOKEN: '' }, 'has no Storage token. Set KBC_TOKEN.'],
    ['of the newer kind of projects', { KBC_TOKEN: '4444-1-queuev2' }, 'support for Queue v2 is coming'],
    ['over plain http', { KBC_URL: 'http://keboola.example' }, 'Use https, or list the host in KBC_ALLOW_HTTP_HOSTS'],
  ])('needs no advice for a Keboola %s, because the finding says what to do', async (_, env, detail) => {
    const { code, findings } = await examined(env);
    expect(code).toBe(1);
    expect(findings[KEBOOLA]?.detail).toContain(detail);
    expect(findings[KEBOOLA]).not.toHaveProperty('advice');
  });

  it('says which setting to check when Keboola does not answer, or none is set', async () => {
    const [silent, none] = await Promise.all([
      examined({ KBC_URL: `http://127.0.0.1:${await closedPort()}` }),
      examined({ KBC_URL: '' }),
    ]);
    expect(silent.code).toBe(7);
    expect(silent.findings[KEBOOLA]).toMatchObject({
      ok: false,
      advice: expect.stringContaining('Check KBC_URL') as string,
    });
    expect(none.code).toBe(1);
    expect(none.findings['Keboola']?.advice).toContain('Workers need KBC_URL and KBC_TOKEN');
  });

  it('leaves with 7 when Temporal does not answer, and looks at Keboola all the same', async () => {
    const { code, findings } = await examined({ TEMPORAL_ADDRESS: `127.0.0.1:${await closedPort()}` });
    expect(code).toBe(7);
    expect(Object.keys(findings)).toEqual(['Temporal', KEBOOLA]);
    expect(findings['Temporal']?.detail).toContain('Start everything on this machine with `keboola-temporal dev`');
    expect(findings[KEBOOLA]).toMatchObject({ ok: true });
  });

  it('tells a namespace that does not exist from a server that does not answer', async () => {
    const { code, findings } = await examined({ TEMPORAL_NAMESPACE: 'nowhere' });
    expect(code).toBe(1);
    expect(findings['Temporal']).toMatchObject({
      ok: false,
      advice: expect.stringContaining('TEMPORAL_NAMESPACE') as string,
    });
  });
});

describe('`setup` on a server that knows nothing of us', () => {
  it('registers what `doctor` misses, once', async () => {
    const env = { TEMPORAL_ADDRESS: fresh.address };
    const before = await examined(env);
    expect(before.findings['Search attributes']).toMatchObject({
      ok: false,
      detail: `not registered: ${SEARCH_ATTRIBUTES.join(', ')}`,
      advice: 'Register them with `keboola-temporal setup`.',
    });
    const first = await lab.run(['setup', '--json'], env);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ added: SEARCH_ATTRIBUTES });
    await eventually(async () =>
      expect((await examined(env)).findings['Search attributes']).toMatchObject({ ok: true }),
    );
    const second = await lab.run(['setup'], env);
    expect(second).toMatchObject({ code: 0, stdout: 'All search attributes are registered already.\n' });
  });
});
