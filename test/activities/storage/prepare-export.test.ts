import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { prepareExport } from '../../../src/activities/storage/prepare-export.js';
import type { Connections } from '../../../src/keboola/connections.js';
import { startFakeStack } from '../../support/fake-stack.js';
import { replies } from '../../support/replies.js';

const TABLE = 'in.c-main.wide';

it('an export of a table with more columns than a run can hand on to the next is refused before it begins', async () => {
  const columns = Array.from({ length: 1_201 }, (_, at) => `c${at}`);
  const routes = { [`GET /v2/storage/tables/${TABLE}`]: replies.json(200, { columns }) };
  const { keboola, requests } = await startFakeStack({ routes });
  const deps = {
    connections: { get: () => keboola } as unknown as Connections,
    searchAttributesRegistered: () => Promise.resolve(true),
  };
  const exporting = new MockActivityEnvironment().run(() => prepareExport(deps, { table: TABLE }));
  await expect(exporting).rejects.toMatchObject({
    type: 'InvalidInput',
    message: expect.stringMatching(/^columns: .* has 1201 columns, .* at most 1200; name the columns/) as string,
  });
  expect(requests.every(({ method }) => method === 'GET')).toBe(true);
});
