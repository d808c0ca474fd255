import { onTestFinished, vi } from 'vitest';

/** Sends the SDK's download to a port of this machine where nobody listens, so that it fails at once. */
export function withoutDownloads(): void {
  for (const name of ['HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, 'http://127.0.0.1:1');
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
  onTestFinished(() => void vi.unstubAllEnvs());
}
