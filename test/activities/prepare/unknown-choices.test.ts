import { describe, expect, it, onTestFinished } from 'vitest';
import { unknownParts } from '../../../src/activities/prepare/unknown-parts.js';
import type { InputProblem } from '../../../src/input/input-problem.js';
import type { WhatToRun } from '../../../src/job/create/creation.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';

const FLOW = 'keboola.flow';
const task = (id: string | number): object => ({
  id,
  name: `Task ${id}`,
  phase: 'one',
  task: { type: 'notification' },
});
const content = { phases: [{ id: 'one', name: 'One' }], tasks: [task('http'), task('mail'), task(7)] };
const variables = { names: ['day'], values: { monday: { day: 'Monday' }, friday: { day: 'Friday' } } };

interface Lab {
  sandbox: Sandbox;
  parts: (what: WhatToRun) => ReturnType<typeof unknownParts>;
  problems: (what: WhatToRun) => Promise<InputProblem[]>;
}

async function project(features: string[]): Promise<Lab> {
  const tokens = [{ token: '7-1-secret', id: '1', description: 'ci@acme.example' }];
  const configurations = [
    { component: FLOW, id: 'nightly', configuration: content },
    { component: FLOW, id: 'odd', configuration: { tasks: 'none' } },
    { component: 'app', id: 'day', variables },
    { component: 'app', id: 'plain' },
  ];
  const sandbox = await startSandbox({
    fixture: {
      components: [
        { id: 'app', kind: 'docker', type: 'extractor', name: 'App' },
        { id: FLOW, kind: 'docker', type: 'other', name: 'Flow' },
      ],
      projects: [{ id: 7, name: 'Acme', features, tokens, configurations }],
    },
  });
  const connections = new Connections([{ name: 'default', url: sandbox.url, token: () => '7-1-secret' }]);
  onTestFinished(async () => {
    await connections.close();
    await sandbox.close();
  });
  const parts = (what: WhatToRun): ReturnType<typeof unknownParts> => unknownParts(connections.get('default'), what);
  return { sandbox, parts, problems: async (what) => (await parts(what)).problems };
}

describe('tasks of a flow', () => {
  it('that it does not have are named with their places, the one that was perhaps meant and those that there are', async () => {
    const { problems } = await project(['queuev2']);
    const flowTasks = ['http', 'mails', '7', 'nothing-like-it'];
    expect(await problems({ component: FLOW, config: 'nightly', flowTasks })).toEqual([
      {
        path: 'flowTasks.1',
        message: 'flow "nightly" has no task "mails". Did you mean "mail"? Its tasks: "http", "mail", "7".',
      },
      {
        path: 'flowTasks.3',
        message: 'flow "nightly" has no task "nothing-like-it". Its tasks: "http", "mail", "7".',
      },
    ]);
  });

  it('are those of the content that is brought along', async () => {
    const { problems } = await project(['queuev2']);
    const configData = { ...content, tasks: [task('other')] };
    const what = { component: FLOW, config: 'nightly', configData };
    expect(await problems({ ...what, flowTasks: ['other'] })).toEqual([]);
    expect(await problems({ ...what, flowTasks: ['http'] })).toHaveLength(1);
  });

  it.each<[string, Partial<WhatToRun>]>([
    ['all are there', { flowTasks: ['http', '7'] }],
    ['the flow is one in a branch, of which the list shows nothing', { flowTasks: ['x'], branchId: '900' }],
    ['its content is odd', { flowTasks: ['x'], config: 'odd' }],
  ])('are not said to be missing where %s', async (_, what) => {
    const { problems } = await project(['queuev2']);
    expect(await problems({ component: FLOW, config: 'nightly', ...what })).toEqual([]);
  });

  it('are not said to be missing where the token may list no configurations', async () => {
    const { sandbox, problems } = await project(['queuev2']);
    sandbox.faults.add({ route: 'components', status: 403 });
    expect(await problems({ component: FLOW, config: 'nightly', flowTasks: ['x'] })).toEqual([]);
  });
});

describe.each([
  ['Syrup', []],
  ['Queue v2', ['queuev2']],
])('stored values of variables, on %s,', (_, features) => {
  it('that the configuration does not have are named, with the one that was perhaps meant', async () => {
    const { problems } = await project(features);
    expect(await problems({ component: 'app', config: 'day', variableValuesId: 'mondy' })).toEqual([
      {
        path: 'variableValuesId',
        message:
          'the variables of the configuration ("variables-of-day") have no stored values "mondy". Did you mean "monday"?',
      },
    ]);
  });

  it.each<[string, Partial<WhatToRun>]>([
    ['they are there', { variableValuesId: 'friday' }],
    ['the configuration has no variables', { variableValuesId: 'x', config: 'plain' }],
    ['it is one in a branch, of which the list shows nothing', { variableValuesId: 'x', branchId: '900' }],
    ['Keboola does not know the variables', { variableValuesId: 'x', configData: { variables_id: 'gone' } }],
  ])('are not said to be missing where %s', async (_why, what) => {
    const { problems } = await project(features);
    expect(await problems({ component: 'app', config: 'day', ...what })).toEqual([]);
  });

  it('keep no job from starting where Keboola answers the look at them with a fault of its own', async () => {
    const { sandbox, parts } = await project(features);
    sandbox.faults.add({ route: 'configurationRows', status: 502, times: 'always' });
    const { problems, warning } = await parts({ component: 'app', config: 'day', variableValuesId: 'x' });
    expect(problems).toEqual([]);
    expect(warning).toMatch(
      /^could not check whether these values exist; if they do not, the job fails: .* answered 502/,
    );
  });
});
