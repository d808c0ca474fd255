import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { z } from 'zod';
import { asList } from '../../job/text/document-fields.js';
import type { Keboola } from '../../keboola/keboola.js';
import { unlessMissing } from '../../keboola/storage/buckets.js';
import { failure } from '../failures.js';

const TableDocument = z.object({
  columns: z.preprocess(asList, z.array(z.string())),
  primaryKey: z.preprocess(asList, z.array(z.string()).nullish()).transform((key) => key ?? []),
});

export type KnownTable = z.output<typeof TableDocument>;

/** A 404 may be a blip, so only the second one is believed. */
const NOT_FOUND_MAX = 2;

/** @returns undefined for a table that does not exist. */
export async function knownTable({ storage }: Keboola, table: string): Promise<KnownTable | undefined> {
  return await unlessMissing(storage.read(TableDocument, `tables/${encodeURIComponent(table)}`));
}

/** The author named something that does not exist. @returns an error that Temporal retries until a 404 is believed. */
export function missing(what: string): Error {
  if (activityInfo().attempt < NOT_FOUND_MAX) {
    const category = ApplicationFailureCategory.BENIGN;
    return ApplicationFailure.create({ type: 'KeboolaUnreachable', message: what, category });
  }
  return failure('InvalidInput', what);
}
