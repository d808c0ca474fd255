/** How one of Keboola's job APIs is met by somebody who speaks it without this product. */
export interface Dialect {
  name: 'Syrup' | 'Queue v2';
  /** Of the sandbox's project that speaks it, which has the configurations of the tutorial. */
  token: string;
  /** Where a job's document is, and what it answers to those who have no token. */
  documentPath: (jobId: string) => string;
  statusWithoutToken: number;
  /** Where Keboola's own interface shows a job. */
  pagePath: (jobId: string) => string;
  killPath: (jobId: string) => string;
  /** A job that works; on Syrup of a native application, of which Queue v2 has none. */
  works: { component: string; config: string };
  /** The end of a job, as a script of the sandbox, that fails and does not say by whose fault. */
  failsWithoutBlame: Record<string, unknown>;
  /** What a read may answer that is not believed to be an end, because one half of it says otherwise. */
  contradiction: { status: string; isFinished: boolean };
}

export const SYRUP: Dialect = {
  name: 'Syrup',
  token: '1134-53044-sandbox',
  statusWithoutToken: 400,
  documentPath: (jobId) => `/queue/job/${jobId}`,
  pagePath: (jobId) => `/admin/projects/1134/jobs/${jobId}`,
  killPath: (jobId) => `/queue/jobs/${jobId}/kill`,
  works: { component: 'ex-db', config: 'sampledatabase' },
  failsWithoutBlame: { status: 'error', error: null },
  contradiction: { status: 'error', isFinished: false },
};

export const QUEUE_V2: Dialect = {
  name: 'Queue v2',
  token: '5555-1-queue',
  statusWithoutToken: 401,
  documentPath: (jobId) => `/jobs/${jobId}`,
  pagePath: (jobId) => `/admin/projects/5555/queue/${jobId}`,
  killPath: (jobId) => `/jobs/${jobId}/kill`,
  works: { component: 'keboola.ex-http', config: 'success' },
  failsWithoutBlame: { status: 'error', result: { error: [] } },
  // A client of Keboola's fills in `false` where nobody has told it, so that a final status counts beside it.
  contradiction: { status: 'processing', isFinished: true },
};

export const DIALECTS: readonly Dialect[] = [SYRUP, QUEUE_V2];

/** Presses stop where Keboola shows a job. @returns the status of the answer. */
export async function killInKeboola(
  { url }: { url: string },
  { token, killPath }: Pick<Dialect, 'token' | 'killPath'>,
  jobId: string,
): Promise<number> {
  const headers = { 'x-storageapi-token': token };
  return (await fetch(`${url}${killPath(jobId)}`, { method: 'POST', headers })).status;
}
