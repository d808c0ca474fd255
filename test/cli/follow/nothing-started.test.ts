import { expect, it } from 'vitest';
import { hasStartedNothing } from '../../../src/cli/follow/nothing-started.js';
import { AlreadyRunningError, InputConflictError, InvalidInputError } from '../../../src/client/errors.js';

it.each([
  [new AlreadyRunningError('id'), true],
  [new InputConflictError('id'), true],
  [new InvalidInputError([]), true],
  [Object.assign(new Error('14 UNAVAILABLE: the connection was dropped'), { code: 14 }), false],
  [Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4 }), false],
  [undefined, false],
])('a start that failed by "%s" has started nothing for certain: %s', (error, isCertain) => {
  expect(hasStartedNothing(error)).toBe(isCertain);
});
