import { UsageError } from '../exit/usage-error.js';
import type { FileRemark } from './read-pipeline.js';

/** `file:line:column: path: message`, as compilers write it, so that editors find the place. */
export function remarkText(file: string, { path, message, line, column }: FileRemark): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return [place, path, message].filter((part) => part !== '').join(': ');
}

/** A pipeline file that cannot be run, with all of its problems. */
export function invalidFile(file: string, problems: readonly FileRemark[]): UsageError {
  return new UsageError(remarksText(file, problems));
}

/** One remark per line. */
export function remarksText(file: string, remarks: readonly FileRemark[]): string {
  return remarks.map((remark) => remarkText(file, remark)).join('\n');
}
