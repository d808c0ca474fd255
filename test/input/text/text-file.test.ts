import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../../src/input/text/text-file.js';
import { tempFolder } from '../../support/temp-folder.js';

async function fileOf(content: Uint8Array | string): Promise<string> {
  const path = join(await tempFolder(), 'file');
  await writeFile(path, content);
  return path;
}

describe('a text file', () => {
  test('is read whole, up to the last byte that is allowed', async () => {
    expect(readTextFile(await fileOf('žluť'), 6)).toBe('žluť');
  });

  test('is read without the byte order mark that some programs put in front', async () => {
    expect(readTextFile(await fileOf('\uFEFFa'), 100)).toBe('a');
  });

  test('may be empty', async () => {
    expect(readTextFile(await fileOf(''), 100)).toBe('');
  });

  test('may begin as files do that are packed', async () => {
    expect(readTextFile(await fileOf('Praha'), 100)).toBe('Praha');
    expect(readTextFile(await fileOf('PK'), 100)).toBe('PK');
    expect(readTextFile(await fileOf('BZh9 is no word'), 100)).toBe('BZh9 is no word');
  });

  test.runIf(process.platform === 'linux')('of the system is read in as many pieces as it comes in', () => {
    // It says of itself that it is empty, and gives a page of memory at a time.
    const text = readTextFile('/proc/self/smaps', 16 * 1024 * 1024);
    expect(text.length).toBeGreaterThan(8 * 1024);
    expect(text).toContain('[stack]');
  });

  test('is closed again, whatever becomes of it', async () => {
    const [good, bad] = [await fileOf('a'), await fileOf('x'.repeat(101))];
    const nextFile = (): number => {
      const file = openSync(good, 'r');
      closeSync(file);
      return file;
    };
    const before = nextFile();
    readTextFile(good, 100);
    expect(() => readTextFile(bad, 100)).toThrow('larger');
    expect(nextFile()).toBe(before);
  });

  test.each<[string, Uint8Array | string, string]>([
    ['that is UTF-16', Buffer.from('\uFEFF{"a":1}', 'utf16le'), 'is UTF-16; save it as UTF-8'],
    ['that is UTF-16 without a mark', Buffer.from('{"a":1}', 'utf16le'), 'if it is UTF-16, save it as UTF-8'],
    ['that is UTF-16 the other way round', Buffer.from([0, 0x7b, 0, 0x7d]), 'if it is UTF-16, save it as UTF-8'],
    ['that is UTF-16 with its other mark', Buffer.from([0xfe, 0xff, 0, 0x7b]), 'is UTF-16; save it as UTF-8'],
    ['in the letters of old', Buffer.from([0x9e, 0x6c, 0x75, 0x9d]), 'is not UTF-8 text'],
    ['that is gzipped', gzipSync('{}'), 'is gzipped; unzip it first'],
    ['that bzip2 has packed', Buffer.from('BZh91AY&SY\xd0', 'latin1'), 'is packed (bzip2); unpack it first'],
    ['that xz has packed', Buffer.from('\xfd7zXZ\0', 'latin1'), 'is packed (xz); unpack it first'],
    ['that zstd has packed', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24]), 'is packed (zstd); unpack it first'],
    ['that 7z has packed', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), 'is packed (7z); unpack it first'],
    ['that is a workbook', Buffer.from('PK\u0003\u0004xl/workbook.xml'), 'a workbook of a spreadsheet'],
    ['that is too large', 'x'.repeat(101), 'it is larger than 100 bytes'],
  ])('%s is refused with what to do', async (_, content, words) => {
    const path = await fileOf(content);
    expect(() => readTextFile(path, 100)).toThrow(words);
  });

  test('is no folder, no device and no pipe, and not waited for', async () => {
    const pipe = join(await tempFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [await tempFolder(), '/dev/zero', pipe]) {
      expect(() => readTextFile(path, 100)).toThrow(/^cannot be read: it is not a file$/);
    }
    expect(() => readTextFile('/none', 100)).toThrow('cannot be read: ENOENT');
  });
});
