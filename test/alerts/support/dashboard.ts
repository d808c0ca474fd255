import { readFile } from 'node:fs/promises';

/** A panel of a dashboard of Grafana, as far as it asks Prometheus. */
export interface Panel {
  title: string;
  queries: string[];
}

interface Written {
  panels: { type: string; title: string; targets?: { expr: string }[] }[];
}

/** The panels of a dashboard, those that only head others aside. */
export async function panelsOf(file: string): Promise<Panel[]> {
  const { panels } = JSON.parse(await readFile(file, 'utf8')) as Written;
  return panels
    .filter(({ type }) => type !== 'row')
    .map(({ title, targets = [] }) => ({ title, queries: targets.map(({ expr }) => expr) }));
}
