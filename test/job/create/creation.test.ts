import { describe, expect, test } from 'vitest';
import { isOurs, recognisedBy, whatToRun } from '../../../src/job/create/creation.js';
import type { RunJobInput } from '../../../src/job/input.js';
import type { JobView } from '../../../src/job/job-view.js';
import { toJobView } from '../../../src/keboola/syrup/job-document.js';

const RUN = '900000000000001';
const REQUEST = { connection: 'default', project: '1134', component: 'keboola.ex-http', config: '7', runId: RUN };

function shown(params: unknown, document: object = {}): JobView {
  return toJobView({ id: 1, runId: `${RUN}.2`, status: 'waiting', component: 'docker', params, ...document });
}

describe('a job that a search has shown', () => {
  test.each<[string, JobView]>([
    ['shows component and configuration', shown({ component: 'keboola.ex-http', config: '7' })],
    ['shows the configuration as a number', shown({ component: 'keboola.ex-http', config: 7 })],
    ['shows a row as a number, although text was sent', shown({ component: 'keboola.ex-http', config: '7', row: 3 })],
    ['shows no configuration', shown({ component: 'keboola.ex-http' })],
    ['shows no component', shown([], { component: null })],
  ])('is ours when it %s', (_, view) => {
    expect(isOurs(view, recognisedBy({ ...REQUEST, rows: ['3'], branchId: '12' }))).toBe(true);
  });

  test.each<[string, JobView]>([
    ['another component', shown({ component: 'keboola.ex-db-mysql', config: '7' })],
    ['another configuration', shown({ component: 'keboola.ex-http', config: '8' })],
    ['a run id two levels below', shown({ component: 'keboola.ex-http', config: '7' }, { runId: `${RUN}.2.3` })],
    ['a run id that only starts alike', shown({ component: 'keboola.ex-http', config: '7' }, { runId: `${RUN}1.2` })],
    ['our run id itself', shown({ component: 'keboola.ex-http', config: '7' }, { runId: RUN })],
  ])('is not ours when it shows %s', (_, view) => {
    expect(isOurs(view, REQUEST)).toBe(false);
  });

  test("of a native application's own fields is ours, whatever configuration they name", () => {
    const { config, ...request } = REQUEST;
    const view = shown({ config: 'any', row: 1 }, { component: 'ex-db' });
    const own = { ...request, component: 'ex-db', params: { config: 'any', row: 1 } };
    expect(isOurs(view, recognisedBy(own))).toBe(true);
  });

  test('of a call is ours by its run id alone, whatever it shows', () => {
    const call = { method: 'POST' as const, path: '/provisioning/async/docker', body: { component: 'other' } };
    const order = recognisedBy({ connection: 'default', project: '1134', runId: RUN, call });
    expect(isOurs(shown({ component: 'other', config: 'any' }, { component: 'provisioning' }), order)).toBe(true);
    expect(isOurs(shown({}, { runId: `${RUN}.2.3` }), order)).toBe(false);
  });
});

test('what to run is told apart from how to watch over it', () => {
  const what = { component: 'c', config: '1', rows: ['2'], tag: '3', branchId: '4', mode: 'debug' } as const;
  const care: Partial<RunJobInput> = {
    connection: 'eu',
    parentRunId: '1',
    queueTimeout: 1,
    runTimeout: 1,
    onWarning: 'fail',
    onTerminated: 'fail',
    onAmbiguousCreate: 'recreate',
    children: 'ignore',
  };
  expect(whatToRun({ ...what, ...care, rows: ['2'] })).toEqual(what);
});
