import { TypedSearchAttributes, type SearchAttributePair } from '@temporalio/common';
import { CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES, type SearchAttributeAnswer } from '../../job/search-attributes.js';
import { lostSearchAttributes } from '../activities.js';

/** Which search attributes of a run the next run may have. */
export interface CarriedAttributes {
  /** Attributes that the server has lost: it would refuse a run that has them. */
  lost: string[];
  /** The other attributes, if some are lost; otherwise Temporal carries all of them over. */
  kept?: SearchAttributePair[];
}

/** Asks which search attributes of this run, the author's own included, the next one may have. */
export async function attributesToCarry(): Promise<CarriedAttributes> {
  const pairs = workflowInfo().typedSearchAttributes.getAll();
  if (pairs.length === 0) return { lost: [] };
  const types = pairs.map(({ key }) => [key.name, TypedSearchAttributes.toMetadataType(key.type)] as const);
  const lost = await lostOf(Object.fromEntries(types));
  return { lost, ...(lost.length > 0 && { kept: pairs.filter(({ key }) => !lost.includes(key.name)) }) };
}

/** Whether our attributes may be written. Runs even after a cancellation, so that the last status is still shown. */
export async function askWhetherWritable(nowMs: number): Promise<SearchAttributeAnswer> {
  const types = Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, 'Keyword']));
  const lost = await CancellationScope.nonCancellable(() => lostOf(types));
  return { ready: lost.length === 0, askedMs: nowMs };
}

/** Without an answer all count as lost: a job without attributes is better than one that stands still. */
async function lostOf(types: Record<string, string>): Promise<string[]> {
  try {
    return await lostSearchAttributes(types);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return Object.keys(types);
  }
}
