import { expect, it } from 'vitest';
import { TellingExporter } from '../../../src/operate/telemetry/telling-exporter.js';

type Result = Parameters<Parameters<TellingExporter<string>['export']>[1]>[0];

const failed = (message: string): Result => ({ code: 1, error: new Error(message) });
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
  const { told } = answers(taken, failed('refused'), failed('silent'), taken, taken, failed('gone'));
  expect(told).toEqual(['refused', 'again', 'gone']);
});

it('leaves nothing for the SDK to tell of each batch', () => {
  expect(answers(failed('refused'), taken).heard).toEqual([taken, taken]);
});
