import { describe, expect, it } from 'vitest';
import { call, queueSandbox, TOKEN } from '../queue/support.js';
import { ask } from '../../support.js';

const EMAIL = { channel: 'email', address: 'ops@example.com' };
const WEBHOOK = { channel: 'webhook', url: 'https://hooks.example.com/keboola' };
const PATH = '/project-subscriptions';
const MINUTE_MS = 60_000;

type Lab = Awaited<ReturnType<typeof queueSandbox>>;

const subscribe = (sandbox: Lab, body: object, token = TOKEN): ReturnType<typeof call> =>
  call(sandbox, `POST ${PATH}`, { body, token });
const listed = async (sandbox: Lab, query = ''): Promise<string[]> =>
  ((await call(sandbox, `GET ${PATH}${query}`)).json as unknown as { id: string }[]).map(({ id }) => id);

describe('a subscription', () => {
  it('is made, shown, listed whatever event is asked for, and deleted', async () => {
    const sandbox = await queueSandbox();
    const filters = [{ field: 'job.component.id', value: 'keboola.ex-http' }];
    const { status, json } = await subscribe(sandbox, { event: 'job-failed', filters, recipient: EMAIL });
    expect([status, json]).toMatchObject([
      201,
      { event: 'job-failed', filters: [{ ...filters[0], operator: '==' }], recipient: EMAIL, expiresAt: null },
    ]);
    expect((await call(sandbox, `GET ${PATH}/${json.id}`)).json).toEqual(json);
    const other = await subscribe(sandbox, { event: 'phase-job-succeeded', recipient: WEBHOOK });
    expect(await listed(sandbox, '?event=job-failed')).toEqual([json.id, other.json.id]);
    expect((await call(sandbox, `DELETE ${PATH}/${json.id}`)).status).toBe(204);
    expect(await listed(sandbox)).toEqual([other.json.id]);
    expect((await call(sandbox, `GET ${PATH}/${json.id}`)).status).toBe(404);
    expect((await call(sandbox, `DELETE ${PATH}/${json.id}`)).status).toBe(404);
  });

  it.each([
    ['job-failed', [], { channel: 'email' }, /recipient\.address/],
    ['job-failed', [], { channel: 'webhook', address: 'https://example.com' }, /recipient\.url/],
    ['job-failed', [], { channel: 'webhook', url: 'ftp://example.com' }, /recipient\.url/],
    ['job-failed', [], { channel: 'sms', address: '1' }, /recipient\.channel/],
    ['job-ended', [], EMAIL, /event/],
    ['job-failed', [{ field: 'job.id', operator: '~', value: '1' }], EMAIL, /filters\.0\.operator/],
    ['job-failed', [{ field: 'job.id' }], EMAIL, /filters\.0\.value/],
  ])('of %s with filters %j for %j is refused, and the place is named', async (event, filters, recipient, place) => {
    const { status, json } = await subscribe(await queueSandbox(), { event, filters, recipient });
    expect([status, json.error]).toEqual([400, expect.stringMatching(place)]);
    expect(json.context).toMatchObject([{ path: expect.stringMatching(place) as string }]);
  });

  it.each([
    ['+24 hours', '2016-05-16T16:14:47+00:00'],
    ['2016-05-20T00:00:00+02:00', '2016-05-19T22:00:00+00:00'],
  ])('may expire by %s, and is gone with the next look of every ten minutes', async (expiresAt, told) => {
    const sandbox = await queueSandbox();
    const { json } = await subscribe(sandbox, { event: 'job-failed', recipient: EMAIL, expiresAt });
    expect(json['expiresAt']).toBe(told);
    sandbox.clock.advance(Date.parse(told) - sandbox.clock.now() - 1);
    expect(await listed(sandbox)).toEqual([json.id]);
    sandbox.clock.advance(10 * MINUTE_MS);
    expect(await listed(sandbox)).toEqual([]);
  });

  it.each(['yesterday', '+24 moons', '2015-01-01T00:00:00Z', '-1 hour'])(
    'that would expire by %s is refused',
    async (expiresAt) => {
      const { status, json } = await subscribe(await queueSandbox(), {
        event: 'job-failed',
        recipient: EMAIL,
        expiresAt,
      });
      expect([status, json.error]).toEqual([400, expect.stringContaining('expiresAt')]);
    },
  );

  it('is one of a thousand at most', async () => {
    const sandbox = await queueSandbox();
    const body = { event: 'job-failed', recipient: EMAIL };
    for (let made = 0; made < 1_000; made++) {
      const { status } = await ask(sandbox, PATH, { method: 'POST', token: TOKEN, body });
      if (status !== 201) throw new Error(`${made} made, then ${status}`);
    }
    expect((await subscribe(sandbox, body)).json.error).toContain('1000 subscriptions at most');
  });

  it('is neither shown to another project nor there after a reset', async () => {
    const sandbox = await queueSandbox();
    const { json } = await subscribe(sandbox, { event: 'job-failed', recipient: EMAIL });
    expect((await call(sandbox, `GET ${PATH}`, { token: '4444-1-queuev2' })).json).toEqual([]);
    expect((await call(sandbox, `GET ${PATH}/${json.id}`, { token: '4444-1-queuev2' })).status).toBe(404);
    sandbox.reset();
    expect(await listed(sandbox)).toEqual([]);
  });
});

describe('a token', () => {
  const tokens = [{ token: 'plain', id: '1', description: 'd', role: 'none' as const }];
  const project = { id: 9, name: 'P', features: ['queuev2'], tokens };

  it.each([
    ['plain', { fixture: { projects: [project] } }, 403, 'Role "none" is not allowed to manage notifications'],
    ['5555-2-readonly', {}, 403, 'Role "readOnly" is not allowed to manage notifications'],
    ['1134-53044-sandbox', {}, 403, 'Project does not have feature "queuev2" enabled'],
    ['none-at-all', {}, 401, 'Invalid access token'],
  ])('%s is refused by every call', async (token, options, status, error) => {
    const sandbox = await queueSandbox(options);
    for (const line of [`POST ${PATH}`, `GET ${PATH}`, `GET ${PATH}/1`, `DELETE ${PATH}/1`]) {
      const answer = await call(sandbox, line, { token });
      expect([line, answer.status, answer.json.error]).toEqual([line, status, error]);
    }
  });
});
