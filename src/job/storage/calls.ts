/** One Storage call. */
export interface StorageCall {
  method: StorageMethod;
  /** Below `/v2/storage/`, such as `tables/in.c-main.orders/import-async`; may include a query. */
  path: string;
  body?: Record<string, unknown>;
}

export const STORAGE_METHODS = ['POST', 'PUT', 'DELETE'] as const;
export type StorageMethod = (typeof STORAGE_METHODS)[number];

/** What an import or an export knows about itself once it knows what to ask of Storage. */
export interface StorageProgress {
  call: StorageCall;
  /** Rows of the CSV, without the header. */
  rows?: number;
  bytes?: number;
  columns?: string[];
  /** Storage must have loaded as many rows as we have counted, see `isSameCount`. */
  isCounted?: true;
}

/** An asynchronous operation that we know. */
export interface KnownOperation {
  method: StorageMethod;
  path: RegExp;
  /** Storage runs some calls asynchronously only when asked to. */
  needsAsync?: true;
  /**
   * Whether sending the same call twice has the same effect: a table name is created once, a full load replaces the
   * rows by the same file, an export only reads. Only such calls are sent again if the first one cannot be found.
   */
  repeatable?: (body: Record<string, unknown>) => boolean;
}

const always = (): boolean => true;
const ID = '[^/?]+';

/**
 * Sources: keboola/storage-api-php-client `apiary.apib` and `Client.php`. `unload` is missing because it returns a list
 * of jobs.
 */
export const KNOWN_OPERATIONS: readonly KnownOperation[] = [
  { method: 'POST', path: at(`buckets/${ID}/tables-async`), repeatable: always },
  { method: 'POST', path: at(`buckets/${ID}/tables-definition`), repeatable: always },
  { method: 'POST', path: at(`tables/${ID}/import-async`), repeatable: ({ incremental }) => !isTrue(incremental) },
  { method: 'POST', path: at(`tables/${ID}/export-async`), repeatable: always },
  { method: 'POST', path: at(`tables/${ID}/(?:swap|pull|snapshots)`) },
  { method: 'DELETE', path: at(`tables/${ID}/rows`) },
  { method: 'DELETE', path: at(`tables/${ID}(?:/columns/${ID})?`), needsAsync: true },
  { method: 'DELETE', path: at(`buckets/${ID}`), needsAsync: true },
  { method: 'POST', path: at('workspaces'), needsAsync: true },
  { method: 'DELETE', path: at(`workspaces/${ID}`), needsAsync: true },
  { method: 'POST', path: at(`workspaces/${ID}/(?:load|load-clone)`) },
  { method: 'POST', path: /^dev-branches$/ },
  { method: 'DELETE', path: new RegExp(`^dev-branches/${ID}$`) },
];

/** The operation that a call asks for; undefined if it is not on the list. */
export function knownOperation({ method, path }: StorageCall): KnownOperation | undefined {
  const [route = '', query = ''] = path.split('?');
  const isAsync = query.split('&').some((part) => isTrue(/^async=(.*)$/.exec(part)?.[1]));
  return KNOWN_OPERATIONS.find(
    (known) => known.method === method && known.path.test(route) && (known.needsAsync === undefined || isAsync),
  );
}

/** Whether a call may be sent again if the first one cannot be found. */
export function isRepeatable(call: StorageCall): boolean {
  return knownOperation(call)?.repeatable?.(call.body ?? {}) ?? false;
}

/** Most of Storage exists once per development branch. */
function at(path: string): RegExp {
  return new RegExp(`^(?:branch/${ID}/)?${path}$`);
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}
