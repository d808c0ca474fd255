import { readdir } from 'node:fs/promises';

/** The CSV files of the worker's folder, gzipped or not. */
export async function listFiles(): Promise<string[]> {
  const names = await readdir(process.env['KEBOOLA_FILES_DIR'] ?? '.');
  return names.filter((name) => /\.csv(\.gz)?$/.test(name)).sort();
}
