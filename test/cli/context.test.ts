import { expect, it } from 'vitest';
import { traced, type Context } from '../../src/cli/context.js';
import type { Output } from '../../src/cli/text/output.js';
import { readSettings } from '../../src/settings.js';

/** What a command says to itself, and what it gets to trace with, when traces go there. */
async function tracedTo(otlp: Context['settings']['otlp']): Promise<{ said: string[]; got: unknown }> {
  const said: string[] = [];
  const output: Output = {
    json: false,
    isLog: false,
    isTold: false,
    live: false,
    width: undefined,
    result: () => undefined,
    error: () => undefined,
    say: () => undefined,
    warn: (line) => said.push(line),
  };
  const settings = { ...readSettings({ HOME: '/none' }), otlp };
  const got: unknown = await traced({ settings, output, connection: undefined }, (telemetry) =>
    Promise.resolve(telemetry),
  );
  return { said, got };
}

it('goes on untraced, and says so, where OpenTelemetry cannot be begun', async () => {
  const { said, got } = await tracedTo({ tracesUrl: 'http://hush:4318 /v1/traces' });
  expect(said).toEqual([expect.stringContaining('Nothing is traced')]);
  expect([got, said.join().includes('hush')]).toEqual([{}, false]);
});
