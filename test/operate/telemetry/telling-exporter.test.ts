import { expect, it } from 'vitest';
import { TellingExporter } from '../../../src/operate/telemetry/telling-exporter.js';

type Result = Parameters<Parameters<TellingExporter<string>['export']>[1]>[0];

const failed = (code: unknown, message = ''): Result => ({
  code: 1,
  error: Object.assign(new Error(message), code !== undefined && { code }),
});
const taken: Result = { code: 0 };

/** What is told, and what the SDK hears, when the collector answers so. */
function answers(...results: Result[]): { told: string[]; heard: Result[] } {
  const told: string[] = [];
  const heard: Result[] = [];
  const rest = [...results];
  const inner = {
    export: (_items: string[], done: (result: Result) => void) => done(rest.shift()!),
    shutdown: () => Promise.resolve(),
  };
  const exporter = new TellingExporter<string>(inner, (isFailing, why) => told.push(isFailing ? why : 'again'));
  for (let nth = 0; nth < results.length; nth++) exporter.export(['span'], (result) => heard.push(result));
  return { told, heard };
}

it('tells once that nothing arrives, and once that it does again', () => {
  const { told } = answers(taken, failed('ECONNREFUSED'), failed(503), taken, taken, failed(404));
  expect(told).toEqual(['ECONNREFUSED', 'again', 'it answers 404']);
});

it('leaves nothing for the SDK to tell of each batch', () => {
  expect(answers(failed('ECONNREFUSED'), taken).heard).toEqual([taken, taken]);
});

it.each([
  ['a status', failed(401, 'no entry for Basic hush'), 'it answers 401'],
  ['a code', failed('ERR_INVALID_HTTP_TOKEN', 'Header name ["Basic hush"]'), 'ERR_INVALID_HTTP_TOKEN'],
  ['a silence', failed(undefined, 'Request timed out'), 'it does not answer in time'],
  [
    'a refusal for now',
    failed(undefined, 'Export failed with retryable status'),
    'it answers that it cannot take them now',
  ],
  ['what is no code', failed('hush', 'hush'), 'they could not be sent'],
  ['a message alone', failed(undefined, 'hush'), 'they could not be sent'],
  ['nothing', { code: 1 }, 'they could not be sent'],
])('tells the kind of a failure and never its words: %s', (_, result, why) => {
  expect(answers(result).told).toEqual([why]);
});
