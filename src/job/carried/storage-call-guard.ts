import { STORAGE_METHODS, type StorageCall } from '../storage/calls.js';
import { isStoragePath } from '../storage/call-path.js';
import { atLeast, fields, json, oneOf, optional, textThat, type Guard } from '../guard/guards.js';

const parts = {
  method: oneOf(...STORAGE_METHODS),
  // It becomes an address, to which the token goes.
  path: textThat(isStoragePath, 'a path below /v2/storage/'),
  body: optional(json),
};

/** A call of Storage that is handed on. */
export const storageCallGuard: Guard<StorageCall> = fields<StorageCall>(parts);

/** An input that holds such a call: what else it has is not looked at any more. */
export const storageInputGuard: Guard<StorageCall> = atLeast<StorageCall>(parts);
