import type { Table } from './catalog.js';
import type { StorageState } from './storage-state.js';

/** Takes a table out of its bucket and gives its memory back. */
export function dropTable({ room }: StorageState, table: Table): void {
  if (table.bucket.tables.get(table.name) !== table) return;
  table.bucket.tables.delete(table.name);
  room.release(table.heldBytes);
}
