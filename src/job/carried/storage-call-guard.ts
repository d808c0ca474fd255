import { STORAGE_METHODS, type StorageCall } from '../storage/calls.js';
import { isStoragePath } from '../storage/call-path.js';
import { atLeast, fields, json, oneOf, optional, textThat, type Guard } from '../guard/guards.js';

const parts = {
  method: oneOf(...STORAGE_METHODS),
  // It becomes a URL, and the token is sent there.
  path: textThat(isStoragePath, 'a path below /v2/storage/'),
  body: optional(json),
};

/** A Storage call that is handed on to the next run. */
export const storageCallGuard: Guard<StorageCall> = fields<StorageCall>(parts);

/** An input that contains such a call; its other fields are not checked again. */
export const storageInputGuard: Guard<StorageCall> = atLeast<StorageCall>(parts);
