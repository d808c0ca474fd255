import { EXIT } from './exit-codes.js';

const MEANINGS: Record<keyof typeof EXIT, string> = {
  success: 'success, or a warning that is accepted',
  jobFailed: 'the job has failed, or what it made cannot be fetched or written',
  usage: 'wrong usage, input or settings: nothing was started; or a refused token: a job may still run',
  warning: 'a warning, with --on-warning fail',
  canceled: 'stopped: by you, or by somebody else',
  timedOut: 'out of time, and stopped',
  ambiguous: 'it is unknown whether a job was created',
  unreachable: 'Temporal, a worker or Keboola does not answer',
  killNotConfirmed: 'the stop is not confirmed: the job may still run',
  hungUp: 'the terminal was closed (SIGHUP): a job that was started goes on',
  interrupted: 'left by Ctrl-C: a job that was started goes on, and so does a stop',
  terminated: 'left by SIGTERM: a job that was started goes on, and so does a stop',
};

/** The exit codes, explained to people. */
export function exitCodesText(): string {
  const lines = Object.entries(MEANINGS).map(([name, meaning]) => {
    const code = String(EXIT[name as keyof typeof EXIT]);
    return `  ${code.padEnd(4)} ${meaning}`;
  });
  return `\nExit codes:\n${lines.join('\n')}`;
}
