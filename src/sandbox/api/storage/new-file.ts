import { gzipSync } from 'node:zlib';
import type { StoredFile } from '../../storage/file-store.js';
import type { Call, Holder } from '../call.js';
import { sliceUrl } from './providers/hand-out.js';

const DAY_SECONDS = 86_400;
export const MAX_AGE_DAYS = 15;

interface NewFile {
  name: string;
  tags?: readonly string[];
  isSliced?: boolean;
  isPermanent?: boolean;
  sizeBytes?: number | null;
}

/** Creates a file without content and schedules its expiry. @throws StorageFailure when there are too many */
export function prepareFile({ simulation, header }: Call, { project, token }: Holder, asked: NewFile): StoredFile {
  const { world, documents } = simulation;
  const id = world.tickets.take();
  const day = documents.zone.iso(world.nowMs).slice(0, 10);
  const { name, tags = [], isSliced = false, isPermanent = false, sizeBytes = null } = asked;
  const provider = simulation.settings.fileProvider;
  const file: StoredFile = {
    id,
    project,
    token,
    name,
    tags,
    isSliced,
    isPermanent,
    sizeBytes,
    provider,
    container: `exp-15-files-${project.id}-${id}-${day}`,
    blobName: provider === 'azure' ? name : `exp-15/${project.id}/files/${day.replaceAll('-', '/')}/${id}.${name}`,
    runId: header('x-kbc-runid') ?? null,
    createdAtMs: world.nowMs,
    blobs: new Map(),
    blocks: new Map(),
    committed: new Map(),
    uploads: new Set(),
  };
  const { files } = world.storage;
  files.add(file);
  if (!isPermanent) world.schedule(MAX_AGE_DAYS * DAY_SECONDS, { kind: 'effect', happen: () => files.remove(file) });
  return file;
}

/** Adds a file that Storage itself writes. @throws StorageFailure when there is no room, and leaves no file behind */
export function addFile(
  call: Call,
  holder: Holder,
  { name, parts, isSliced, isZipped }: { name: string; parts: Buffer[]; isSliced: boolean; isZipped: boolean },
): StoredFile {
  const { files } = call.simulation.world.storage;
  const ending = isZipped ? '.gz' : '';
  const blobs = parts.map((part) => (isZipped ? gzipSync(part) : part));
  const file = prepareFile(call, holder, { name: name + ending, isSliced });
  const names = blobs.map((_, at) => (isSliced ? `${file.blobName}_0_0_${at}.csv${ending}` : file.blobName));
  try {
    blobs.forEach((blob, at) => files.put(file, names[at] ?? '', blob));
    if (isSliced) files.put(file, `${file.blobName}manifest`, manifest(file, names));
  } catch (error) {
    files.remove(file);
    throw error;
  }
  return file;
}

/** Names each slice by its address at the provider, from which a client takes the container and the blob. */
function manifest(file: StoredFile, names: readonly string[]): Buffer {
  return Buffer.from(
    JSON.stringify({ entries: names.map((name) => ({ url: sliceUrl(file, name), mandatory: true })) }),
  );
}
