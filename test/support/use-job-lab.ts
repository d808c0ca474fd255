import { afterAll, beforeAll } from 'vitest';
import { connectToDevServer, type SharedDevServer } from './dev-server.js';
import { openJobLab, type JobLab, type LabOptions } from './job-lab.js';

interface OnServer {
  /** Unless told otherwise the one that all tests of a run share. */
  server: SharedDevServer;
}

interface Options extends LabOptions {
  openServer?: () => Promise<SharedDevServer>;
}

/** For the top of a file: a lab on a server that is open while the tests of the file run. */
export function useJobLab({ openServer = connectToDevServer, ...options }: Options = {}): JobLab & OnServer {
  let open: JobLab & OnServer;
  beforeAll(async () => {
    const server = await openServer();
    open = { ...(await openJobLab(server, options)), server };
  });
  afterAll(async () => {
    await open.close();
    await open.server.close();
  });
  return new Proxy({} as JobLab & OnServer, { get: (_, name) => Reflect.get(open, name) as unknown });
}
