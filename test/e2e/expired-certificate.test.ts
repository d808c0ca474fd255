import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { makeAuthority } from '../support/certificates.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
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

it('a worker whose Temporal has a certificate that expires meanwhile says so at its probes, and once in its log', async () => {
  const authority = makeAuthority();
  const ca = join(await tempFolder(), 'ca.pem');
  await writeFile(ca, authority.cert);
  const good = authority.issue(['IP:127.0.0.1']);
  const front = await startTurningTlsFront(lab.address, good);
  const health = await freePort();
  const worker = lab.start(['worker', '--health-port', `${health}`], {
    ...{ KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, KEBOOLA_TASK_QUEUE: lab.unique('expired') },
    ...{ TEMPORAL_ADDRESS: `127.0.0.1:${front.port}`, TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca },
  });
  await worker.says('Worker on task queue');
  expect(await readiness(health)).toMatchObject({ status: 200, body: { temporal: 'answers', reasons: [] } });
  front.turn(authority.issue(['IP:127.0.0.1'], new Date(Date.now() - DAY_MS)));
  const why = 'Temporal does not answer: its certificate is not valid today (CERT_HAS_EXPIRED). Renew';
  await eventually(async () =>
    expect(await readiness(health)).toMatchObject({
      status: 503,
      body: { temporal: 'silent', reasons: [expect.stringContaining(why)] },
    }),
  );
  front.turn(good);
  await eventually(async () => expect(await readiness(health)).toMatchObject({ status: 200 }));
  const { code, stderr } = await worker.signal('SIGTERM').end();
  expect(code).toBe(0);
  expect(stderr.split(`[WARN] ${why}`)).toHaveLength(2);
  expect(stderr.split('[INFO] Temporal answers again')).toHaveLength(2);
});
