import { readFile } from 'node:fs/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { RELYING_MIN } from '../../src/job/watch/relying.js';
import { CANARY_TOKEN } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { allSettled, openAlertsLab, type AlertsLab } from './support/alerts-lab.js';
import { panelsOf } from './support/dashboard.js';
import { rulesOf } from './support/scaled-rules.js';

const WORKS = { durationSeconds: 1 };
const FAILS = { durationSeconds: 1, status: 'error', error: 'user', message: 'no luck' };

let lab: AlertsLab;
/** Alerts whose cause has not been there yet: none of them may ever fire. */
const quiet = new Set<string>();

beforeAll(async () => {
  lab = await openAlertsLab();
  for (const { alert } of rulesOf(await readFile('deploy/alerts.yaml', 'utf8'))) quiet.add(alert);
});
afterAll(() => lab.close());

async function expectQuiet(): Promise<void> {
  const firing = await lab.prometheus.firing();
  const unwanted = firing.filter((alert) => quiet.has(alert));
  expect(unwanted, unwanted.length > 0 ? await lab.account() : '').toEqual([]);
}

/** Sees that an alert is quiet without its cause, and fires with it, and that all others stay as they are. */
async function expectToFire(alert: string, cause: () => Promise<unknown>): Promise<void> {
  expect([...quiet]).toContain(alert);
  await expectQuiet();
  quiet.delete(alert);
  await cause();
  await eventually(async () => expect(await lab.prometheus.firing()).toContain(alert));
  await expectQuiet();
}

const times = (count: number, script: Record<string, unknown>): Record<string, unknown>[] =>
  Array.from({ length: count }, () => script);
const ended = async (handles: Promise<WorkflowHandle[]>): Promise<void> => allSettled(await handles);
const created = async (handle: WorkflowHandle): Promise<unknown> =>
  await eventually(() => handle.executeUpdate(waitForCreatedUpdate));

describe('while nothing is wrong', () => {
  it('no alert fires, and what they look at is there', async () => {
    await Promise.all([ended(lab.begin('default', times(6, WORKS))), allSettled([await lab.beginLeaping(WORKS)])]);
    await lab.prometheus.evaluated();
    const seen = await lab.prometheus.count('keboola_jobs_total{outcome="success"} > 0');
    expect(seen, await lab.account()).toBe(2);
    await expectQuiet();
  });
});

describe('an alert fires with its cause, and not without', () => {
  it('KeboolaTemporalTasksFail: a workflow whose type the worker does not know', async () => {
    let unknown: WorkflowHandle[] = [];
    await expectToFire('KeboolaTemporalTasksFail', async () => (unknown = await lab.beginBare('nobodyKnowsThis', 1)));
    await Promise.all(unknown.map((handle) => handle.terminate()));
  });

  it('KeboolaJobsFailing: more jobs of a component fail than not', async () => {
    await expectToFire('KeboolaJobsFailing', () => ended(lab.begin('default', times(14, FAILS))));
  });

  it('KeboolaJobEndsLate: the ends of jobs are ten minutes ago when they are noticed, before the first scrape', async () => {
    await expectToFire('KeboolaJobEndsLate', () => lab.workUnseen('late', times(30, WORKS)));
  });

  it('KeboolaCreationsRefused: Keboola refuses them', async () => {
    lab.sandbox.faults.add({ route: 'create', status: 422, times: 'always' });
    await expectToFire('KeboolaCreationsRefused', () => ended(lab.begin('default', times(5, WORKS))));
    lab.sandbox.faults.clear();
  });

  it('KeboolaWatcherUnreliable: no end has shown yet that the list of ends can be believed', async () => {
    await expectToFire('KeboolaWatcherUnreliable', async () => {
      const handles = await lab.begin('watched', times(RELYING_MIN, { durationSeconds: 30 }));
      for (const handle of handles) await created(handle);
    });
  });

  it('KeboolaRequestsDeferred: more is to be asked than the budget of a connection allows', async () => {
    let handles: WorkflowHandle[] = [];
    await expectToFire('KeboolaRequestsDeferred', async () => (handles = await lab.begin('tight', times(12, WORKS))));
    await Promise.all(handles.map((handle) => handle.terminate().catch(() => undefined)));
  });

  it('KeboolaConnectionBad: the token of a connection is refused', async () => {
    await expectToFire('KeboolaConnectionBad', async () => {
      await lab.useToken('1-1-nobody-knows-it');
      await lab.begin('default', [WORKS]);
    });
    await lab.useToken(CANARY_TOKEN);
    await eventually(async () => expect(await lab.prometheus.firing()).not.toContain('KeboolaConnectionBad'));
  });

  it('KeboolaRequestsFailing: Keboola answers with faults of its own', async () => {
    lab.sandbox.faults.add({ route: 'read', status: 500, times: 'always' });
    await expectToFire('KeboolaRequestsFailing', () => lab.begin('default', times(6, WORKS)));
    lab.sandbox.faults.clear();
  });

  it('KeboolaKillNotConfirmed: a job does not stop', async () => {
    lab.leapingSandbox.faults.add({ route: 'kill', status: 500, times: 'always' });
    await expectToFire('KeboolaKillNotConfirmed', async () => {
      const handle = await lab.beginLeaping({ durationSeconds: 7_200 });
      await created(handle);
      await handle.cancel();
      await allSettled([handle]);
    });
    lab.leapingSandbox.faults.clear();
  });

  it('KeboolaCreationAmbiguous: the answer to a creation is lost, and so is its job', async () => {
    lab.leapingSandbox.faults.add({ route: 'create', reset: 'before' });
    lab.leapingSandbox.faults.add({ route: 'list', status: 500, times: 'always' });
    await expectToFire('KeboolaCreationAmbiguous', async () => allSettled([await lab.beginLeaping(WORKS)]));
    lab.leapingSandbox.faults.clear();
  });

  it('KeboolaTemporalCannotWrite: Temporal answers, and fails what is about workflows', async () => {
    await expectToFire('KeboolaTemporalCannotWrite', () => {
      lab.fillDisk(true);
      return lab.beginUnseen('late', [{ durationSeconds: 30 }]);
    });
    lab.fillDisk(false);
  });

  it('KeboolaTemporalNoSlots: Keboola keeps more calls waiting than the worker may make', async () => {
    lab.sandbox.faults.add({ route: 'create', hang: true, times: 'always' });
    await expectToFire('KeboolaTemporalNoSlots', () => lab.begin('default', times(12, WORKS)));
  });
});

it('every panel of the dashboard has a query that returns data', async () => {
  const panels = await panelsOf('deploy/grafana/keboola-temporal.json');
  expect(panels.length).toBeGreaterThan(8);
  const queries = panels.flatMap(({ title, queries }) => queries.map((query) => ({ title, query })));
  const empty = await Promise.all(
    queries.map(async ({ title, query }) =>
      (await lab.prometheus.count(query.replaceAll('$__rate_interval', '5m'))) > 0 ? [] : [`${title}: ${query}`],
    ),
  );
  expect(empty.flat()).toEqual([]);
});

describe('an alert fires when something has gone', () => {
  it('KeboolaTemporalServerSilent: Temporal has', async () => {
    await expectToFire('KeboolaTemporalServerSilent', () => lab.stopLeapingServer());
  });

  it('KeboolaTemporalWorkerDown: the worker has', async () => {
    lab.sandbox.faults.clear();
    await expectToFire('KeboolaTemporalWorkerDown', async () => {
      await lab.worker.signal('SIGKILL').end();
      // They fail as soon as a worker has them, and must wait for it until then.
      await lab.beginBare('runJob', 40);
    });
  });

  it('KeboolaTemporalWorkWaits: work was there before a worker was', async () => {
    await expectToFire('KeboolaTemporalWorkWaits', async () => {
      await lab.prometheus.evaluated();
      await lab.prometheus.evaluated();
      await lab.startWorker();
    });
    expect([...quiet]).toEqual([]);
  });
});
