import { describe, expect, it } from 'vitest';
import { exportedFileId } from '../../../src/job/storage/exported-file.js';

describe('the file of an export', () => {
  it.each([
    [12, '12'],
    ['98765432109876543210', '98765432109876543210'],
  ])('is named by its id, as text or as a number: %j', (id, told) => {
    expect(exportedFileId({ file: { id } })).toBe(told);
  });

  it.each(['..', '.', '', '1/../..', '1\r\nX: 1', '9'.repeat(5_000), 1.5, 1e300, null, {}])(
    'is not named by what is no id: %j',
    (id) => {
      expect(exportedFileId({ file: { id } })).toBeUndefined();
    },
  );

  it.each([undefined, null, [], {}, { file: 7 }])('is not named where there is none: %j', (results) => {
    expect(exportedFileId(results)).toBeUndefined();
  });
});
