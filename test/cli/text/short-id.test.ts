import { describe, expect, it } from 'vitest';
import { shortId } from '../../../src/cli/text/short-id.js';

describe('an id in a line for people', () => {
  it('is whole where it is of usual length', () => {
    const id = `keboola/default/keboola.ex-http/${'a'.repeat(100)}`;
    expect(shortId(id)).toBe(id);
  });

  it('holds no half of a character where it is cut', () => {
    for (const before of ['', 'a']) expect(shortId(before + '🦆'.repeat(100)).isWellFormed()).toBe(true);
  });

  it('keeps its beginning and its end where it is longer than a line', () => {
    const id = `keboola/default/keboola.ex-db-mysql/12345;row=${'orders%2C'.repeat(100)};key=nightly`;
    const short = shortId(id);
    expect(short).toHaveLength(140);
    expect(short).toMatch(/^keboola\/default\/keboola\.ex-db-mysql\/12345;row=orders.*….*;key=nightly$/);
  });
});
