import { describe, expect, it } from 'vitest';
import type { TaskInput } from '../../../src/job/pipeline/input.js';
import { taskIds, titleOf } from '../../../src/job/pipeline/task-ids.js';

const job = (component: string, config?: string): TaskInput => ({
  job: { component, ...(config === undefined ? { configData: {} } : { config }) },
});
const pipeline = (name: string): TaskInput => ({ pipeline: { name, phases: [] } });

describe('a task without an id', () => {
  it('is named after what it runs', () => {
    const tasks = [job('keboola.ex-http', '12'), job('ex-db'), pipeline('load & check'), pipeline('…')];
    expect(taskIds(tasks)).toEqual(['keboola.ex-http-12', 'ex-db', 'load-check', 'task']);
    expect(tasks.map(titleOf).slice(0, 3)).toEqual([
      'keboola.ex-http / 12',
      'ex-db / inline configuration',
      'pipeline load & check',
    ]);
  });

  it('is named as far as it can be where it is switched off and half written', () => {
    const odd = [{ enabled: false }, { job: null }, { pipeline: {} }, { action: 7 }, { storage: { path: ['a'] } }];
    const ids = taskIds(odd as unknown as TaskInput[]);
    expect(new Set(ids).size).toBe(odd.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9][\w.-]{0,63}$/);
    expect((odd as unknown as TaskInput[]).map(titleOf).every((title) => typeof title === 'string')).toBe(true);
  });

  it('is named in a second, whatever text a switched-off task has for a path', () => {
    const path = `${'?'.repeat(200_000)}\nx`;
    const startedMs = performance.now();
    expect(taskIds([{ enabled: false, storage: { method: 'POST', path } }])).toHaveLength(1);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it('keeps its id when another one comes before it', () => {
    expect(taskIds([job('a', '1'), job('b', '1')]).at(-1)).toBe(taskIds([job('b', '1')]).at(-1));
  });

  it('gets a number where its name is taken, and never an id that was given', () => {
    const tasks = [job('a', '1'), { ...job('b', '1'), id: 'a-1-2' }, job('a', '1'), { ...job('c'), id: 'd' }, job('d')];
    expect(taskIds(tasks)).toEqual(['a-1', 'a-1-2', 'a-1-3', 'd', 'd-2']);
  });

  it('has an id that an author could have given', () => {
    const names = ['_x', '-', 'ž'.repeat(300), 'a/b', 'x'.repeat(300), ' '];
    for (const id of taskIds(names.flatMap((name) => [pipeline(name), pipeline(name)]))) {
      expect(id).toMatch(/^[A-Za-z0-9][\w.-]{0,63}$/);
    }
  });

  it('has one of its own among ten thousand', () => {
    const ids = taskIds(Array.from({ length: 10_000 }, () => job('a', '1')));
    expect(new Set(ids).size).toBe(10_000);
  });
});
