import { expect, it } from 'vitest';
import { exitCodesText } from '../../../src/cli/exit/exit-meanings.js';

it('help does not say of a refused token, as of wrong usage, that nothing was started', () => {
  const line = exitCodesText()
    .split('\n')
    .find((one) => one.startsWith('  2 '));
  expect(line).toMatch(/wrong usage, .*: nothing was started; or a refused token: a job may still run$/);
});
