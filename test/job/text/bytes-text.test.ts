import { expect, it } from 'vitest';
import { bytesText } from '../../../src/job/text/bytes-text.js';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [123_456_789, '123 MB'],
])('%i bytes are "%s"', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
