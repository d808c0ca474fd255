import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { Content } from '../../../../src/sandbox/storage/content/content.js';
import { DiskPlace } from '../../../../src/sandbox/storage/content/disk-place.js';
import { pausedSandbox } from '../../support.js';
import { entrance, prepare, putBlob, storage } from '../../storage-support.js';

const LONG = randomBytes(2_500_000);

function onDisk(disk: DiskPlace, bytes: Buffer): Content {
  return Content.of({ disk, at: disk.write(bytes), byteLength: bytes.byteLength });
}

async function collected(content: Content, from: number, to: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content.stream(from, to)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Files without a name that this process still has of a sandbox. */
function heldFiles(): string[] {
  return readdirSync('/proc/self/fd')
    .map((fd) => `/proc/self/fd/${fd}`)
    .filter((path) => {
      try {
        return readlinkSync(path).startsWith(`${tmpdir()}/keboola-sandbox-`);
      } catch {
        return false;
      }
    });
}

function held(): number {
  return heldFiles().length;
}

describe('what a blob holds', () => {
  it('is its parts one after another, wherever they are kept, and any range of them', async () => {
    const disk = new DiskPlace();
    const [a, b, c] = [LONG.subarray(0, 1_100_000), LONG.subarray(1_100_000, 1_100_007), LONG.subarray(1_100_007)];
    const whole = Content.joined([onDisk(disk, a), Content.of(b), onDisk(disk, c)]);
    expect(whole.byteLength).toBe(LONG.byteLength);
    expect(whole.whole().equals(LONG)).toBe(true);
    expect(whole.md5).toBe(createHash('md5').update(LONG).digest('base64'));
    for (const [from, to] of [
      [0, 0],
      [0, 1],
      [1_099_999, 1_100_008],
      [1_100_003, 2_499_999],
      [0, LONG.byteLength],
    ] as const) {
      expect((await collected(whole, from, to)).equals(LONG.subarray(from, to))).toBe(true);
    }
    disk.close();
  });

  it('has the ETag of S3: the MD5, and of parts the MD5 of theirs with their number', () => {
    const md5 = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest();
    const [a, b] = [Buffer.from('a'), Buffer.from('b')];
    expect(Content.of(a).etag).toBe(md5(a).toString('hex'));
    const parts = Content.joined([Content.of(a), Content.of(b)]);
    expect(parts.etag).toBe(`${md5(Buffer.concat([md5(a), md5(b)])).toString('hex')}-2`);
  });

  it('has the CRC32C of Google, of which RFC 3720 tells examples', () => {
    const sumOf = (bytes: Buffer): string => Buffer.from(Content.of(bytes).crc32c ?? '', 'base64').toString('hex');
    expect(sumOf(Buffer.alloc(32))).toBe('8a9136aa');
    expect(sumOf(Buffer.alloc(32, 0xff))).toBe('62a8ab43');
    expect(sumOf(Buffer.from('123456789'))).toBe('e3069283');
  });

  it('is an error once the disk is let go of', async () => {
    const disk = new DiskPlace();
    const content = onDisk(disk, LONG);
    disk.close();
    await expect(collected(content, 0, 10)).rejects.toThrow('not there any more');
  });
});

describe('a long file', () => {
  it.each(['deleted', 'forgotten', 'over'])('leaves nothing on the disk once it is %s', async (how) => {
    const before = held();
    const sandbox = await pausedSandbox();
    const file = await prepare(sandbox);
    expect(await putBlob(file, 'rows.csv', LONG)).toBe(201);
    expect(held()).toBe(before + 1);
    if (how === 'deleted') await storage(sandbox, `/files/${file.id}`, { method: 'DELETE' });
    else if (how === 'forgotten') sandbox.reset();
    else await sandbox.close();
    expect(held()).toBe(before);
  });

  it('takes the disk of a part once, however often it is put', async () => {
    const sandbox = await pausedSandbox();
    const file = await prepare(sandbox);
    const { endpoint, signature } = entrance(file.absUploadParams.absCredentials.SASConnectionString);
    const { container, blobName } = file.absUploadParams;
    const block = `${endpoint}/${container}/${blobName}?${signature}&comp=block&blockid=MQ%3D%3D`;
    for (const body of [LONG, LONG.subarray(9)]) {
      expect((await request(block, { method: 'PUT', body })).statusCode).toBe(201);
    }
    expect(heldFiles().map((path) => statSync(path).size)).toEqual([LONG.byteLength]);
    const body = '<BlockList><Latest>MQ==</Latest></BlockList>';
    await request(`${endpoint}/${container}/${blobName}?${signature}&comp=blocklist`, { method: 'PUT', body });
    const content = (await request(file.url)).body;
    expect(Buffer.from(await content.arrayBuffer()).equals(LONG.subarray(9))).toBe(true);
    await sandbox.close();
  });
});
