import { describe, expect, it } from 'vitest';
import { withoutExtensions } from '../../../src/cli/pipeline/extensions.js';

describe('fields that only hold what is referred to', () => {
  it('go away beside those of pipelines, phases and tasks, at any level', () => {
    const inner = { 'x-a': 1, name: 'inner', phases: [{ 'x-b': 2, name: 'p', tasks: [{ 'x-c': 3, id: 'a' }] }] };
    const outer = { 'x-retry': {}, name: 'outer', phases: [{ name: 'p', tasks: [{ pipeline: inner }] }] };
    const plain = { name: 'inner', phases: [{ name: 'p', tasks: [{ id: 'a' }] }] };
    expect(withoutExtensions(outer)).toEqual({
      name: 'outer',
      phases: [{ name: 'p', tasks: [{ pipeline: plain }] }],
    });
  });

  it('stay within what a task runs, which is for Keboola to read', () => {
    const job = { component: 'a', configData: { 'x-header': 1 } };
    const pipeline = { name: 'n', phases: [{ name: 'p', tasks: [{ job }] }] };
    expect(withoutExtensions(pipeline)).toEqual(pipeline);
  });

  it.each([null, 7, [], { phases: 7 }, { phases: [7, { tasks: 7 }, { tasks: [7, { pipeline: 7 }] }] }])(
    'are looked for in anything: %j',
    (value) => {
      expect(withoutExtensions(value)).toEqual(value);
    },
  );
});
