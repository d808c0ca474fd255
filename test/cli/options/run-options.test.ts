import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/cli/context.js';
import { addInputOptions, inputOf, type InputOptions } from '../../../src/cli/options/run-options.js';

async function inputFrom(args: readonly string[]): Promise<object> {
  const command = addInputOptions(new Command().exitOverride().configureOutput({ writeErr: () => undefined }));
  const options = command.parse(args, { from: 'user' }).opts<InputOptions>();
  return await inputOf({ connection: 'default', settings: {} } as Context, 'keboola.ex-http', 'daily', options);
}

describe('--on-foreign-job', () => {
  it.each(['ignore', 'wait', 'adopt', 'fail'])('says what the input says: %s', async (policy) => {
    expect(await inputFrom(['--on-foreign-job', policy])).toEqual({
      connection: 'default',
      component: 'keboola.ex-http',
      config: 'daily',
      onForeignJob: policy,
    });
  });

  it('is nothing in the input where it is not given, and takes no other word', async () => {
    expect(await inputFrom([])).not.toHaveProperty('onForeignJob');
    await expect(inputFrom(['--on-foreign-job', 'kill'])).rejects.toThrow(
      /Allowed choices are ignore, wait, adopt, fail/,
    );
  });
});
