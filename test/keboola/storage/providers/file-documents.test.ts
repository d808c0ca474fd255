import { expect, test } from 'vitest';
import { FileDocument, PreparedFile } from '../../../../src/keboola/storage/providers/file-documents.js';

test.each([{}, { provider: null, isSliced: null }])(
  'what Storage says nothing of in a file is not needed: %j',
  (more) => {
    expect(FileDocument.parse({ id: 12, ...more })).toMatchObject({ id: '12', provider: 'unknown', isSliced: false });
    expect(PreparedFile.parse({ id: 12, ...more })).toMatchObject({ id: '12', provider: 'unknown' });
  },
);
