import { describe, expect, it, onTestFinished } from 'vitest';
import { warningsOf } from '../../../src/activities/prepare/warnings-of.js';
import { Connections } from '../../../src/keboola/connections.js';
import type { Keboola } from '../../../src/keboola/keboola.js';
import { startSandbox } from '../../../src/sandbox/index.js';

const variables = { names: ['day'], values: { monday: { day: 'Monday' } } };
const configurations = [
  { component: 'app', id: 'day', variables },
  { component: 'app', id: 'default', variables: { ...variables, defaultValuesId: 'monday' } },
  { component: 'app', id: 'plain', configuration: { parameters: { day: 'Monday' } } },
];

describe.each([
  ['Syrup', []],
  ['Queue v2', ['queuev2']],
])('what an author may have overlooked, on %s', (_, features) => {
  async function project(): Promise<Keboola> {
    const tokens = [{ token: '7-1-secret', id: '1', description: 'ci@acme.example' }];
    const sandbox = await startSandbox({
      fixture: {
        components: [{ id: 'app', kind: 'docker', type: 'extractor', name: 'App' }],
        projects: [{ id: 7, name: 'Acme', features, tokens, configurations }],
      },
    });
    const connections = new Connections([{ name: 'default', url: sandbox.url, token: () => '7-1-secret' }]);
    onTestFinished(async () => {
      await connections.close();
      await sandbox.close();
    });
    return connections.get('default');
  }

  it('is that a stored configuration has variables for which nobody has values', async () => {
    const keboola = await project();
    expect(await warningsOf(keboola, { component: 'app', config: 'day' })).toEqual([
      expect.stringContaining('the configuration has variables') as string,
    ]);
  });

  it('is that the end of a flow does not tell of tasks that were chosen', async () => {
    expect(await warningsOf(await project(), { component: 'app', config: 'plain', flowTasks: ['a'] })).toEqual([
      expect.stringContaining('"success" does not mean that every task succeeded') as string,
    ]);
  });

  it.each([
    ['values are given', { config: 'day', variableValuesId: 'monday' }],
    ['the configuration has values of its own', { config: 'default' }],
    ['there are no variables', { config: 'plain' }],
  ])('is nothing where %s', async (_why, what) => {
    expect(await warningsOf(await project(), { component: 'app', ...what })).toEqual([]);
  });
});
