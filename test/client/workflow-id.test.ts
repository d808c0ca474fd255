import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asyncActionWorkflowId,
  pipelineWorkflowIdFor,
  questionWorkflowId,
  randomKey,
  storageWorkflowIdFor,
  waitWorkflowIdFor,
  workflowIdFor,
} from '../../src/client/workflow-id.js';
import type { RunJobInput } from '../../src/job/input.js';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 255 });
/** Near each other, so that what separates the parts is tried as a part of them. */
const tricky = fc.string({
  unit: fc.constantFrom('a', '/', ';', '=', '%', 'key=', '%2F', '\uD800', 'ž'),
  minLength: 1,
  maxLength: 6,
});
const part = fc.oneof(text, tricky);
const maybe = fc.option(part, { nil: undefined });
const named = { connection: part, component: part, config: part };
const target = fc.record({ ...named, branch: maybe, row: maybe, key: maybe });

interface Target extends RunJobInput {
  branch?: string | undefined;
  row?: string | undefined;
  key?: string | undefined;
}

function idOf({ key, branch, row, ...input }: Target): string {
  const where = { ...(branch !== undefined && { branchId: branch }), ...(row !== undefined && { rows: [row] }) };
  return workflowIdFor({ ...input, ...where }, key);
}

describe('the id of a workflow', () => {
  it('names connection, component and configuration, each percent-encoded', () => {
    expect(workflowIdFor({ component: 'ex-db', config: 'sampledatabase' })).toBe(
      'keboola/default/ex-db/sampledatabase',
    );
    expect(workflowIdFor({ connection: 'eu/1', component: 'keboola.ex-http', config: 'a;key=b' }, 'c d')).toBe(
      'keboola/eu%2F1/keboola.ex-http/a%3Bkey%3Db;key=c%20d',
    );
  });

  it('names branch and row, where there are any', () => {
    const input: RunJobInput = { component: 'c', config: '1' };
    expect(workflowIdFor({ ...input, branchId: '12' })).toBe('keboola/default/c/1;branch=12');
    expect(workflowIdFor({ ...input, rows: ['a b'] })).toBe('keboola/default/c/1;row=a%20b');
    const id = 'keboola/default/c/1;branch=12;row=7;key=k';
    expect(workflowIdFor({ ...input, branchId: '12', rows: ['7'] }, 'k')).toBe(id);
    expect(workflowIdFor({ component: 'c', configData: {}, branchId: '12' })).toMatch(
      /c\/;branch=12;key=[0-9a-f]{12}$/,
    );
  });

  it('of 301 characters and more is the same in every version: other ones would start a second run beside the first', () => {
    const config = (letters: number): string => workflowIdFor({ component: 'ex-db', config: 'a'.repeat(letters) });
    const before = 'keboola/default/ex-db/';
    expect(config(300 - before.length)).toBe(before + 'a'.repeat(300 - before.length));
    const kept = before + 'a'.repeat(200 - before.length);
    expect(config(301 - before.length)).toBe(
      `${kept};sha256=516edb08e028d6ca14222dd402f7809f23326117efec9e87450ed5a347a65371`,
    );
    expect(config(1_000 - before.length)).toBe(
      `${kept};sha256=8620ef17ce073d885dc840fee763fc3e358fb6e0fcb3d43345dd65a73a982e28`,
    );
  });

  it('is another one for everything that differs', () => {
    const wellFormed = (one: object): boolean => !/\p{Surrogate}/u.test(JSON.stringify(Object.values(one)));
    fc.assert(
      fc.property(target.filter(wellFormed), target.filter(wellFormed), (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(idOf(one) === idOf(other)).toBe(same);
      }),
    );
  });

  it('is the same one for the same, and one that Temporal takes, whatever the text', () => {
    fc.assert(
      fc.property(target, (one) => {
        expect(idOf(one)).toBe(idOf({ ...one }));
        expect(idOf(one).length).toBeLessThanOrEqual(300);
        expect(Buffer.from(idOf(one)).toString()).toBe(idOf(one));
      }),
    );
  });

  it('is cut where Temporal would refuse it, and tells long ones apart all the same', () => {
    const long = 'ž'.repeat(254);
    const ids = ['a', 'b'].map((end) => workflowIdFor({ component: 'c', config: long + end }));
    expect(ids[0]).toMatch(/^keboola\/default\/c\/(%C5%BE)+.*;sha256=[0-9a-f]{64}$/);
    expect(new Set(ids).size).toBe(2);
  });

  it('is short enough to be read, whatever is named in it', () => {
    const rows = Array.from({ length: 300 }, (_, at) => `row-${at}`);
    const long = 'ž'.repeat(255);
    const ids = [
      workflowIdFor({ component: 'keboola.ex-db-mysql', config: '12345', rows }),
      waitWorkflowIdFor(long, '1'),
      questionWorkflowId('readLogs', long),
      pipelineWorkflowIdFor(long, long),
      storageWorkflowIdFor(long, ['call', `POST ${long}`]),
      asyncActionWorkflowId({ connection: long, method: 'POST', path: `/${long}` }),
    ];
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(300);
    expect(ids[0]).toMatch(/^keboola\/default\/keboola\.ex-db-mysql\/12345;row=row-0%2Crow-1/);
  });

  it('is a random one for an inline configuration, which has no name', () => {
    const ids = Array.from({ length: 50 }, () => workflowIdFor({ component: 'c', configData: {} }));
    expect(new Set(ids).size).toBe(50);
    expect(ids[0]).toMatch(/^keboola\/default\/c\/;key=[0-9a-f]{12}$/);
    expect(randomKey()).toMatch(/^[0-9a-f]{12}$/);
  });
});
