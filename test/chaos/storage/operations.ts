import { CSV, TABLE } from '../../support/storage-lab.js';

/** What a case does to Storage, and what must be there afterwards. */
export interface Operation {
  name: string;
  workflow: 'importTable' | 'exportTable';
  input: object;
  /** The route of the call, whose faults the cases are about. */
  route: 'tableCreate' | 'tableImport' | 'tableExport';
  /** How the table is made before: absent where the case makes it. */
  before?: { csv: string; primaryKey?: string };
  /** Whether it may be asked for again when it is nowhere to be found. */
  isRepeatable: boolean;
  /** The rows of the table when it went well. */
  rows: readonly string[];
}

const LOADED = ['"1","10"', '"2","20"'];
const ROW = 'id,price\n0,0\n';
const importing = { table: TABLE, source: { csv: CSV } };

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'create',
    workflow: 'importTable',
    input: importing,
    route: 'tableCreate',
    isRepeatable: true,
    rows: LOADED,
  },
  {
    name: 'full load',
    workflow: 'importTable',
    input: importing,
    route: 'tableImport',
    before: { csv: ROW },
    isRepeatable: true,
    rows: LOADED,
  },
  {
    name: 'incremental load',
    workflow: 'importTable',
    route: 'tableImport',
    input: { ...importing, incremental: true },
    before: { csv: ROW },
    isRepeatable: false,
    rows: ['"0","0"', ...LOADED],
  },
  {
    name: 'incremental load by key',
    workflow: 'importTable',
    route: 'tableImport',
    input: { ...importing, incremental: true },
    before: { csv: ROW, primaryKey: 'id' },
    isRepeatable: true,
    rows: ['"0","0"', ...LOADED],
  },
  {
    name: 'export',
    workflow: 'exportTable',
    input: { table: TABLE },
    route: 'tableExport',
    before: { csv: CSV },
    isRepeatable: true,
    rows: LOADED,
  },
];
