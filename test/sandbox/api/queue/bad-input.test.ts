import { describe, expect, it } from 'vitest';
import { matching } from '../../support.js';
import { call, HTTP, queueSandbox } from './support.js';
import type { SandboxSettings } from '../../../../src/sandbox/index.js';

const job = { component: HTTP, config: 'success' };

async function answerTo(body: unknown, settings: Partial<SandboxSettings> = {}): Promise<unknown[]> {
  const sandbox = await queueSandbox(settings);
  const { status, json } = await call(sandbox, 'POST /jobs', { body });
  return [status, json.error];
}

describe('a creation is refused with 400 and the place', () => {
  it.each<[string, object, RegExp]>([
    ['without a component', { config: 'success' }, /component/],
    ['with a component of null', { component: null }, /component/],
    ['with a configuration that is a number', { ...job, config: 12 }, /config/],
    ['with a branch that is a number', { ...job, branchId: 12 }, /branchId/],
    ['with a configuration that is a list', { ...job, config: ['a'] }, /config/],
    ['with an inline configuration that is a list with something', { ...job, configData: [1] }, /configData/],
    ['with an inline configuration that is a text', { ...job, configData: '{}' }, /configData/],
    ['with rows that are a text', { ...job, configRowIds: 'a' }, /configRowIds/],
    ['with rows that are numbers', { ...job, configRowIds: [1] }, /configRowIds\.0/],
    ['with an unknown mode', { ...job, mode: 'dry-run' }, /mode/],
    ['with a backend that is a text', { ...job, backend: 'small' }, /backend/],
    ['with a backend of an unknown size', { ...job, backend: { type: 'huge' } }, /backend\.type/],
    ['with more rows at once than there can be', { ...job, parallelism: '101' }, /parallelism/],
    ['with a negative delay', { ...job, delay: -1 }, /delay/],
    ['with a delay of half a second', { ...job, delay: 0.5 }, /delay/],
    ['with a start that is no time', { ...job, delayedStartTime: 'tomorrow' }, /delayedStartTime/],
    [
      'with two delays',
      { ...job, delay: 1, delayedStartTime: '2030-01-01T00:00:00Z' },
      /"delay" or "delayedStartTime"/,
    ],
    ['with a variable without a name', { ...job, variableValuesData: { values: [{ value: 'x' }] } }, /values\.0\.name/],
    ['with an empty variable', { ...job, variableValuesData: { values: [{ name: 'a', value: '' }] } }, /0\.value/],
    ['with chosen tasks that are none', { ...job, onlyFlowTaskIds: [] }, /onlyFlowTaskIds/],
    ['with a task chosen twice', { ...job, onlyFlowTaskIds: ['a', 'a'] }, /twice/],
    [
      'with tasks chosen by both names',
      { ...job, onlyFlowTaskIds: ['a'], onlyOrchestrationTaskIds: ['b'] },
      /"onlyFlowTaskIds" or "onlyOrchestrationTaskIds", but not both/,
    ],
    [
      'with variables in both forms',
      { ...job, variableValuesId: '1', variableValuesData: { values: [{ name: 'a', value: 'b' }] } },
      /Provide either "variableValuesId" or "variableValuesData", but not both/,
    ],
    ['with a body that is a text', 'run' as unknown as object, /no JSON object/],
  ])('%s', async (_what, body, error) => {
    expect(await answerTo(body)).toEqual([400, matching(error)]);
  });

  it('that is no JSON, with what is wrong told in the context of the others', async () => {
    const sandbox = await queueSandbox();
    expect((await call(sandbox, 'POST /jobs', { rawBody: '{' })).status).toBe(400);
    const { json } = await call(sandbox, 'POST /jobs', { body: { ...job, mode: 1, delay: 'x' } });
    expect(json.context).toMatchObject([{ path: 'mode' }, { path: 'delay' }]);
  });
});

describe('what the specification does not say', () => {
  it('is ignored where nobody knows the key, or refused', async () => {
    expect(await answerTo({ ...job, zzz: 1 })).toEqual([201, undefined]);
    expect(await answerTo({ ...job, zzz: 1 }, { queueUnknownKeys: 'refused' })).toEqual([400, matching(/"zzz"/)]);
  });

  it.each([
    ['parallelism', '2'],
    ['previousJobId', '5'],
    ['onlyFlowTaskIds', ['a']],
  ])('of %s is taken, ignored or refused', async (key, value) => {
    const body = { ...job, [key]: value };
    const shown = key === 'onlyFlowTaskIds' ? 'onlyOrchestrationTaskIds' : key;
    const sandbox = await queueSandbox();
    expect((await call(sandbox, 'POST /jobs', { body })).json[shown]).toEqual(value);
    await sandbox.settings({ queueUndocumentedKeys: 'ignored' });
    expect((await call(sandbox, 'POST /jobs', { body })).json[shown]).toBeNull();
    expect(await answerTo(body, { queueUndocumentedKeys: 'refused' })).toEqual([400, matching(new RegExp(key))]);
  });

  it('of types is taken as the Go client sends it, if so set', async () => {
    const sandbox = await queueSandbox({ queueLooseTypes: 'accepted' });
    const body = { component: HTTP, branchId: 12, configRowIds: [], backend: 'small', configData: { a: 1 } };
    const { json } = await call(sandbox, 'POST /jobs', { body });
    expect(json).toMatchObject({ branchId: '12', backend: { containerType: 'small' } });
  });
});

describe('a configuration', () => {
  it.each<[string, object, Partial<SandboxSettings>, unknown[]]>([
    ['that is unknown is refused', { ...job, config: 'none' }, {}, [400, matching(/Configuration "none" not found/)]],
    [
      'that is unknown fails the call, if so set',
      { ...job, config: 'none' },
      { queueMissingConfiguration: 'fails' },
      [500, 'Internal Server Error occurred.'],
    ],
    ['of an unknown component is refused', { component: 'none' }, {}, [400, matching(/Component "none" not found/)]],
    ['of a native app is refused', { component: 'ex-db' }, {}, [400, 'The component "ex-db" is not runnable.']],
    [
      'that is unknown may name the bucket of an inline one',
      { ...job, config: 'none', configData: { a: 1 } },
      {},
      [201],
    ],
  ])('%s', async (_what, body, settings, answer) => {
    expect((await answerTo(body, settings)).slice(0, answer.length)).toEqual(answer);
  });

  it('beside an inline one gives no rows, and its branch only as it is set', async () => {
    const sandbox = await queueSandbox();
    const body = { ...job, configData: { a: 1 }, branchId: '12', configRowIds: ['x'] };
    expect((await call(sandbox, 'POST /jobs', { body })).json).toMatchObject({ branchId: '12', configRowIds: [] });
    await sandbox.settings({ queueConfigDataBranch: 'ignored' });
    expect((await call(sandbox, 'POST /jobs', { body })).json).toMatchObject({ branchId: '1' });
  });
});
