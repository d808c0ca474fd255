import { z } from 'zod';
import { didYouMean, nearestId } from '../../input/nearest-id.js';
import { KeboolaError } from '../http/keboola-error.js';
import type { StorageApi } from './storage-api.js';

const BucketDocument = z.object({ id: z.string() });

/** The most buckets that a message names. */
const NAMED_MAX = 10;

/** What is wrong with a bucket to write to, and which ones there are; undefined if it exists. @throws KeboolaError. */
export async function bucketProblem(storage: StorageApi, bucket: string): Promise<string | undefined> {
  const found = await unlessMissing(storage.read(BucketDocument, `buckets/${encodeURIComponent(bucket)}`));
  if (found !== undefined) return undefined;
  return `the bucket "${bucket}" does not exist.${await otherBuckets(storage, bucket)}`;
}

/** @returns undefined if Storage answers "not found". @throws KeboolaError for all other failures. */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof KeboolaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** The bucket that was perhaps meant, or the existing ones; empty if Storage does not list them. */
async function otherBuckets(storage: StorageApi, bucket: string): Promise<string> {
  const ids = await storage.read(z.array(BucketDocument), 'buckets').then(
    (buckets) => buckets.map(({ id }) => id),
    () => undefined,
  );
  if (ids === undefined) return '';
  if (ids.length === 0) return ' The project has none; make one in Keboola.';
  const more = ids.length > NAMED_MAX ? ' and others' : '';
  return didYouMean(nearestId(bucket, ids)) || ` There are ${ids.slice(0, NAMED_MAX).join(', ')}${more}.`;
}
