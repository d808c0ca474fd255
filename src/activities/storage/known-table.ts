import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { z } from 'zod';
import type { Keboola } from '../../keboola/keboola.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';
import { failure } from '../failures.js';

const TableDocument = z.object({
  columns: z.array(z.string()),
  primaryKey: z.array(z.string()).default([]),
});
const BucketDocument = z.object({ id: z.string() });

export type KnownTable = z.output<typeof TableDocument>;

/** A 404 may be a blip, so it is believed only the second time. */
const NOT_FOUND_MAX = 2;

/** @returns undefined for a table that does not exist. */
export async function knownTable({ storage }: Keboola, table: string): Promise<KnownTable | undefined> {
  return await unlessMissing(storage.read(TableDocument, `tables/${encodeURIComponent(table)}`));
}

export async function bucketExists({ storage }: Keboola, bucket: string): Promise<boolean> {
  const found = await unlessMissing(storage.read(BucketDocument, `buckets/${encodeURIComponent(bucket)}`));
  return found !== undefined;
}

/** Those of them that an author is told of. */
const NAMED_MAX = 10;

/** The bucket that was perhaps meant, or those that there are; nothing where Storage does not tell. */
export async function otherBuckets({ storage }: Keboola, bucket: string): Promise<string> {
  const ids = await storage.read(z.array(BucketDocument), 'buckets').then(
    (buckets) => buckets.map(({ id }) => id),
    () => undefined,
  );
  if (ids === undefined) return '';
  if (ids.length === 0) return ' The project has none; make one in Keboola.';
  const more = ids.length > NAMED_MAX ? ' and others' : '';
  return didYouMean(nearestId(bucket, ids)) || ` There are ${ids.slice(0, NAMED_MAX).join(', ')}${more}.`;
}

/** What the author names does not exist. @returns an error that lets the activity be tried again for a while. */
export function missing(what: string): Error {
  if (activityInfo().attempt < NOT_FOUND_MAX) {
    const category = ApplicationFailureCategory.BENIGN;
    return ApplicationFailure.create({ type: 'KeboolaUnreachable', message: what, category });
  }
  return failure('InvalidInput', what);
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof KeboolaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
