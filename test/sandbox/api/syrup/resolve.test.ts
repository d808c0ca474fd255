import { describe, expect, it } from 'vitest';
import { pausedSandbox, post } from '../../support.js';

const PATH = '/docker/configuration/resolve';
const asked = { componentId: 'keboola.ex-http', configId: 'daily', configVersion: 1 };

const fixture = {
  projects: [
    {
      id: 1,
      name: 'One',
      tokens: [{ token: 'one', id: '1', description: 'x' }],
      configurations: [
        {
          component: 'keboola.ex-http',
          id: 'daily',
          name: 'Daily',
          configuration: { parameters: { path: '/{{ day }}/{{day}}', list: ['{{ other }}', 1], '#a': null } },
          rows: [{ id: 'orders', configuration: { where: '{{ day }}' } }],
          variables: { names: ['day'], values: { monday: { day: 'Monday' } }, defaultValuesId: 'monday' },
        },
      ],
    },
  ],
};

describe('resolving a configuration', () => {
  it('fills in its variables, in rows too, and leaves nothing open', async () => {
    const sandbox = await pausedSandbox({ fixture });
    for (const path of [PATH, '/docker/branch/5/configuration/resolve']) {
      const { status, json } = await post(sandbox, path, asked);
      expect([status, json]).toMatchObject([
        200,
        {
          id: 'daily',
          name: 'Daily',
          version: 1,
          configuration: { parameters: { path: '/Monday/Monday', list: ['', 1], '#a': null } },
          rows: [{ id: 'orders', configuration: { where: 'Monday' } }],
        },
      ]);
    }
  });

  it('takes values of the call before stored ones', async () => {
    const sandbox = await pausedSandbox({ fixture });
    const variableValuesData = { values: [{ name: 'day', value: 'Friday' }] };
    const { json } = await post(sandbox, PATH, { ...asked, variableValuesData });
    expect(json).toMatchObject({ rows: [{ configuration: { where: 'Friday' } }] });
  });

  it.each([
    [{ componentId: undefined }, 'Missing "componentId" parameter in request body.'],
    [{ configId: undefined }, 'Missing "configId" parameter in request body.'],
    [{ configVersion: undefined }, 'Missing "configVersion" parameter in request body.'],
    [{ configId: 'none' }, 'Configuration none of version 1 not found.'],
    [{ configVersion: 2 }, 'Configuration daily of version 2 not found.'],
    [{ variableValuesId: 'x' }, 'Cannot read requested variable values "x" for configuration "daily", row "".'],
  ])('refuses %j', async (fields, message) => {
    const sandbox = await pausedSandbox({ fixture });
    const { status, json } = await post(sandbox, PATH, { ...asked, ...fields });
    expect([status, json.message]).toEqual([400, message]);
  });
});
