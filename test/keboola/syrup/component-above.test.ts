import { describe, expect, it } from 'vitest';
import { startFakeStack } from '../../support/fake-stack.js';

const URIS = {
  'keboola.ex-http': 'https://syrup.keboola.com/docker/keboola.ex-http',
  'gooddata-writer': 'https://syrup.keboola.com/gooddata-writer',
  moved: 'https://syrup.keboola.com/elsewhere',
};

describe('the path of a call', () => {
  it.each([
    ['/docker/keboola.ex-http/input', { id: 'keboola.ex-http' }],
    ['/docker/branch/7/keboola.ex-http/input', { id: 'keboola.ex-http' }],
    ['/gooddata-writer/v2/main/projects', { id: 'gooddata-writer' }],
    ['/moved/run', { missing: 'component "moved" runs below "/elsewhere", not there.' }],
    [
      '/gooddata-writter/v2/main',
      { missing: 'component "gooddata-writter" does not exist. Did you mean "gooddata-writer"?' },
    ],
  ])('%s leads to the component that it lies under, if there is one', async (path, component) => {
    const { keboola } = await startFakeStack({ componentUris: URIS });
    expect(await (await keboola.actions()).componentAbove(path)).toEqual(component);
  });
});

describe('a component', () => {
  it('has no synchronous actions where it has an application of its own', async () => {
    const { keboola } = await startFakeStack({ componentUris: URIS });
    const actions = await keboola.actions();
    expect(await actions.problemOf({ component: 'keboola.ex-http' })).toBeUndefined();
    expect(await actions.problemOf({ component: 'gooddata-writer' })).toEqual({
      path: 'component',
      message: '"gooddata-writer" is a native application, and only docker components have synchronous actions',
    });
  });
});
