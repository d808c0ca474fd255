import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { sdkDownload } from '../../../src/dev/install/sdk-download.js';
import { required } from '../../support/required.js';
import { tempFolder } from '../../support/temp-folder.js';
import { withoutDownloads } from '../without-downloads.js';

test('the SDK starts what it downloaded once, and the file gets our name', async () => {
  withoutDownloads();
  const folder = await tempFolder();
  // Named as the SDK names it, so that it finds its download done.
  await symlink(required(inject('devServer')).cli, join(folder, 'temporal-sdk-typescript-1.24.0'));
  const maker = sdkDownload({ server: 'dev-server', file: 'temporal', report: () => undefined });
  expect(await maker.make(folder)).toBeUndefined();
  expect(await readdir(folder)).toEqual(['temporal']);
  expect(maker).toMatchObject({ folder: 'temporal-sdk-1.24.0', file: 'temporal' });
});
