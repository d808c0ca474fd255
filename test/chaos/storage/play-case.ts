import type { ExportTableResult, ImportTableResult } from '../../../src/job/storage/result.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import { rowsOf, storage } from '../../sandbox/storage-support.js';
import { BUCKET, TABLE, type StorageLab } from '../../support/storage-lab.js';
import { hang } from '../support/hang.js';
import type { StorageCase } from './cases.js';

export interface Counted {
  posts: number;
  jobs: number;
  told: string;
  adopted?: boolean;
  /** Of the table when all is over; none where there is none. */
  rows: readonly string[];
  /** Tables of the bucket, the one beside aside. */
  tables: number;
}

export interface Played {
  case: StorageCase;
  counted: Counted;
  /** Rows before anything was done. */
  before: readonly string[];
}

/** Plays one case in a lab of which it has the only use meanwhile. */
export async function playStorage(lab: StorageLab, one: StorageCase): Promise<Played> {
  const { sandbox } = lab;
  const { operation } = one;
  await lab.reset();
  // Without any job in the project an empty list of jobs would mean nothing.
  await lab.makeTable('a\n1\n', { name: 'beside' });
  if (operation.before) await lab.makeTable(operation.before.csv, keyOf(operation.before));
  const before = operation.before ? await rowsOf(sandbox, TABLE) : [];
  if (one.jobSeconds !== undefined) await sandbox.settings({ storageJobSeconds: one.jobSeconds });
  for (const fault of one.faults) sandbox.faults.add(fault);
  const asked = askedOf(sandbox);
  const made = sum(sandbox.counters.storageJobsByOperation);
  const end = await Promise.race([settled(lab, one), neverSettled()]);
  sandbox.faults.clear();
  const tables = (await storage<unknown[]>(sandbox, `/buckets/${BUCKET}/tables`)).json.length - 1;
  const rows = tables > 0 ? await rowsOf(sandbox, TABLE) : [];
  return {
    case: one,
    before,
    counted: {
      posts: askedOf(sandbox) - asked,
      jobs: sum(sandbox.counters.storageJobsByOperation) - made,
      ...end,
      rows,
      tables,
    },
  };
}

/** Calls that ask for an operation; a file whose upload has failed is deleted besides. */
function askedOf({ counters }: Sandbox): number {
  return counters.storagePosts - counters.requests.fileDelete;
}

function keyOf({ primaryKey }: NonNullable<StorageCase['operation']['before']>): object {
  return primaryKey === undefined ? {} : { primaryKey };
}

async function settled(lab: StorageLab, { operation }: StorageCase): Promise<Pick<Counted, 'told' | 'adopted'>> {
  const handle = await lab.start(operation.workflow, operation.input);
  try {
    const result = (await handle.result()) as ImportTableResult | ExportTableResult;
    const isWhole = !('csv' in result) || result.csv === `"id","price"\n${operation.rows.join('\n')}\n`;
    return { told: isWhole ? result.status : 'another CSV', adopted: result.adopted };
  } catch (error) {
    return { told: (error as { cause?: { type?: string } }).cause?.type ?? String(error) };
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

async function neverSettled(): Promise<Pick<Counted, 'told'>> {
  return { told: (await hang()).error.message };
}
