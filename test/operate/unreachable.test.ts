import { expect, it } from 'vitest';
import { TemporalLost } from '../../src/operate/unreachable.js';

it('how to come back can be pasted although the id of the configuration has an apostrophe', () => {
  const { message } = new TemporalLost("keboola/default/ex-db/it's", undefined);
  expect(message).toContain(String.raw`keboola-temporal follow 'keboola/default/ex-db/it'\''s'`);
});
