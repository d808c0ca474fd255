import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkRunAsyncActionInput } from '../../src/input/check-input.js';
import { checkQuestion } from '../../src/input/check-question.js';

const examples = ['actions', 'cookbook'].flatMap((page) => {
  const text = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8');
  return [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']): [string, unknown] => [
    page,
    JSON.parse(json),
  ]);
});

it.each(examples)('docs/%s.md shows an input that can be run: %j', (_, example) => {
  const isCall = Object.hasOwn(example as object, 'method');
  const check = isCall ? checkRunAsyncActionInput(example) : checkQuestion('callAction', example);
  expect(check).toEqual({ ok: true, value: example });
});
