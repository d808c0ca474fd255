import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { encryptedDataConverter } from '../../src/temporal/encryption/encrypted-data-converter.js';
import { readPayloadKeys } from '../../src/temporal/encryption/read-keys.js';
import { tempFolder } from './temp-folder.js';

/** A text of keys as in a file; each has its own, the same for the same name and seed. */
export function keysText(encryptWith: string | null, names: readonly string[], seed = 1): string {
  const keys = Object.fromEntries(names.map((name, at) => [name, Buffer.alloc(32, seed * 16 + at).toString('base64')]));
  return JSON.stringify({ encryptWith, keys });
}

/** @returns the path of a file that its owner alone may read. */
export async function keysFile(text: string): Promise<string> {
  const path = join(await tempFolder(), `keys-${randomBytes(4).toString('hex')}.json`);
  await writeFile(path, text);
  await chmod(path, 0o600);
  return path;
}

/** As a worker has it that runs from what is built: Node loads the failure converter by itself, and knows no TypeScript. */
export function encrypting(text: string): DataConverter {
  const failureConverterPath = fileURLToPath(
    new URL('../../dist/temporal/encryption/failure-converter.js', import.meta.url),
  );
  return encryptedDataConverter(readPayloadKeys('test', text), { failureConverterPath });
}
