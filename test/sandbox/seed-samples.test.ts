import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ask, components, pausedSandbox, post } from './support.js';

/** The samples of Keboola's public page on background jobs. */
function sample(name: string): object {
  return JSON.parse(readFileSync(new URL(`./seed/${name}.json`, import.meta.url), 'utf8')) as object;
}

/** Keys and types of a document, without its values: null stays null because it means "not yet". */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shape(item)]));
}

describe('the documents of the public page', () => {
  it('are what creating a job of the native app answers, field by field and in their order', async () => {
    const sandbox = await pausedSandbox();
    const { status, json } = await post(sandbox, '/ex-db/run', { config: 'sampledatabase' });
    const expected = sample('create-answer');

    expect(status).toBe(202);
    expect(shape(json)).toEqual(shape(expected));
    expect(Object.keys(json)).toEqual(Object.keys(expected));
    expect(json).toEqual({
      ...expected,
      process: json.process,
      url: `${sandbox.url}/queue/job/186985832`,
    });
  });

  it('are what reading a running job answers, field by field and in their order', async () => {
    const sandbox = await pausedSandbox();
    await post(sandbox, '/ex-db/run', { config: 'sampledatabase' });
    sandbox.clock.advance(1_000);
    const { json } = await ask(sandbox, '/queue/job/186985832');
    const expected = sample('job-detail');

    expect(shape(json)).toEqual(shape(expected));
    expect(Object.keys(json)).toEqual(Object.keys(expected));
    const own = { id: 186985832, runId: '186985833', process: json.process, _index: json._index };
    const times = { createdTime: '2016-05-15T18:14:47+02:00', startTime: '2016-05-15T18:14:47+02:00' };
    expect(json).toEqual({ ...expected, ...own, ...times });
  });

  it('are what the component list answers for ex-db, with an address of the sandbox', async () => {
    const sandbox = await pausedSandbox();
    const [shown = {}] = await components(sandbox, '/v2/storage/components?include=configuration');
    const [expected = {}] = sample('components') as object[];

    expect(shown).toEqual({ ...expected, uri: `${sandbox.url}/ex-db` });
    expect(Object.keys(shown)).toEqual(Object.keys(expected));
  });
});
