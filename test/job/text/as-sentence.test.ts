import { expect, it } from 'vitest';
import { asSentence } from '../../../src/job/text/as-sentence.js';

it.each([
  ['No such table', 'No such table.'],
  ['No such table.', 'No such table.'],
  ['Really?', 'Really?'],
  ['It failed! \n', 'It failed!'],
  ['', '.'],
  ['See https://keboola.example/jobs/12', 'See https://keboola.example/jobs/12'],
])('%j becomes %j', (text, sentence) => {
  expect(asSentence(text)).toBe(sentence);
});

it('a text with many addresses is a sentence at once', () => {
  const text = `${'://'.repeat(100_000)} y`;
  const startedMs = performance.now();
  expect(asSentence(text)).toBe(`${text}.`);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
