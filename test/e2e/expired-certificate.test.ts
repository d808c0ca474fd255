import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { makeAuthority } from '../support/certificates.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import type { Environment, Process } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';
import { startTurningTlsFront } from '../support/tls-front.js';

const DAY_MS = 86_400_000;

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.close();
});

async function readiness(port: number): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: answer.status, body: await answer.json() };
}

/** Each minute passes within a moment. */
const SOON = `const real = setInterval; globalThis.setInterval = (act, ms, ...args) => real(act, ms === 60000 ? 200 : ms, ...args);`;
const MINUTES_ARE_SHORT = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SOON)}` };

const WHY = 'Temporal does not answer: its certificate is not valid today (CERT_HAS_EXPIRED). Renew';

interface Scene {
  worker: Process;
  /** The certificate of Temporal expires. */
  expire: () => void;
  renew: () => void;
}

/** A worker that polls, behind a front whose certificate may expire. */
async function scene(args: readonly string[], env: Environment = {}): Promise<Scene> {
  const authority = makeAuthority();
  const ca = join(await tempFolder(), 'ca.pem');
  await writeFile(ca, authority.cert);
  const good = authority.issue(['IP:127.0.0.1']);
  const front = await startTurningTlsFront(lab.address, good);
  const worker = lab.start(['worker', ...args], {
    KBC_URL: lab.sandbox.url,
    KBC_TOKEN: CANARY_TOKEN,
    KEBOOLA_TASK_QUEUE: lab.unique('expired'),
    TEMPORAL_ADDRESS: `127.0.0.1:${front.port}`,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca,
    ...env,
  });
  await worker.says('Worker on task queue');
  const expire = (): void => front.turn(authority.issue(['IP:127.0.0.1'], new Date(Date.now() - DAY_MS)));
  return { worker, expire, renew: () => front.turn(good) };
}

it('a worker whose Temporal has a certificate that expires meanwhile says so at its probes, and once in its log', async () => {
  const health = await freePort();
  const { worker, expire, renew } = await scene(['--health-port', `${health}`]);
  await eventually(async () =>
    expect(await readiness(health)).toMatchObject({ status: 200, body: { temporal: 'answers', reasons: [] } }),
  );
  expire();
  await eventually(async () =>
    expect(await readiness(health)).toMatchObject({
      status: 503,
      body: { temporal: 'silent', reasons: [expect.stringContaining(WHY)] },
    }),
  );
  renew();
  await eventually(async () => expect(await readiness(health)).toMatchObject({ status: 200 }));
  const { code, stderr } = await worker.signal('SIGTERM').end();
  expect(code).toBe(0);
  expect(stderr.split(`[WARN] ${WHY}`)).toHaveLength(2);
  expect(stderr.split('[INFO] Temporal answers again')).toHaveLength(2);
});

it('a worker looks each minute by itself whether Temporal answers, and its log tells of it, where nobody asks any probe', async () => {
  const { worker, expire, renew } = await scene([], MINUTES_ARE_SHORT);
  expire();
  await worker.says(`[WARN] ${WHY}`);
  renew();
  await worker.says('[INFO] Temporal answers again');
  expect(await worker.signal('SIGTERM').end()).toMatchObject({ code: 0 });
});
