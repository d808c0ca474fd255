import type { z } from 'zod';
import { protocolError } from './protocol-error.js';

/** Parses an answer by its schema. @throws KeboolaError of kind `protocol` that names the first wrong field. */
export function decode<T extends z.ZodType>(schema: T, json: unknown, method: string, url: URL): z.output<T> {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const field = issue?.path.join('.') || 'the document';
  const reason = `"${field}" is not as documented (${issue?.message ?? 'unreadable'}); is this a Keboola address?`;
  throw protocolError(method, url, reason);
}
