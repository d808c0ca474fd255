import { describe, expect, it } from 'vitest';
import { isRepeatable, knownOperation, type StorageCall } from '../../../src/job/storage/calls.js';

const post = (path: string, body?: Record<string, unknown>): StorageCall => ({
  method: 'POST',
  path,
  ...(body && { body }),
});

describe('a call of Storage', () => {
  it.each([
    post('buckets/in.c-main/tables-async'),
    post('branch/default/tables/in.c-main.a/import-async'),
    post('workspaces?async=true'),
    { method: 'DELETE', path: 'tables/in.c-main.a?force=1&async=1' } as const,
    post('dev-branches'),
  ])('is known: %j', (call) => {
    expect(knownOperation(call)).toBeDefined();
  });

  it.each([
    post('workspaces'),
    post('workspaces?async=false'),
    post('branch/1/dev-branches'),
    post('tables/a/b/import-async'),
    post('workspaces/1/unload'),
    { method: 'PUT', path: 'buckets/in.c-main/tables-async' } as const,
  ])('is not known: %j', (call) => {
    expect(knownOperation(call)).toBeUndefined();
  });

  it('may be repeated only where that comes to the same', () => {
    expect(isRepeatable(post('buckets/b/tables-async'))).toBe(true);
    expect(isRepeatable(post('tables/t/export-async'))).toBe(true);
    expect(isRepeatable(post('tables/t/import-async', { dataFileId: 1 }))).toBe(true);
    for (const incremental of [1, '1', true]) {
      expect(isRepeatable(post('tables/t/import-async', { incremental }))).toBe(false);
    }
    expect(isRepeatable(post('workspaces?async=true'))).toBe(false);
    expect(isRepeatable({ method: 'DELETE', path: 'tables/t/rows' })).toBe(false);
  });
});
