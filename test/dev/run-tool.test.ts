import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runTool } from '../../src/dev/run-tool.js';

const run = { label: 'Building', timeoutMs: 60_000, report: () => undefined };

describe('runTool', () => {
  test('gives the environment on and says nothing when the tool succeeds', async () => {
    const command = { command: '/bin/sh', args: ['-c', 'test "$GOBIN" = /somewhere'], env: { GOBIN: '/somewhere' } };
    expect(await runTool({ ...run, ...command })).toBeUndefined();
  });

  test('tells how a tool failed, with its last words', async () => {
    const command = { command: '/bin/sh', args: ['-c', 'echo one; echo "no space left" >&2; exit 3'] };
    expect(await runTool({ ...run, ...command })).toMatch(/^\/bin\/sh failed: exit code 3\n(.*\n)*.*no space left/);
    expect(await runTool({ ...run, command: '/no/such/tool', args: [] })).toMatch(/could not be started: .*ENOENT/);
  });

  test('shows the elapsed time and ends a tool whose time is up', async () => {
    const lines: string[] = [];
    const report = (line: string, kind?: string) => void lines.push(`${kind ?? 'line'}: ${line}`);
    const instantsMs = [0, 29_000, 60_000];
    const nowMs = () => instantsMs.shift() ?? expect.unreachable('the time was up already');
    const failure = await runTool({ ...run, command: '/bin/sleep', args: ['600'], timeoutMs: 60_000, report, nowMs });
    expect(failure).toContain('/bin/sleep failed: not done after 60 s');
    expect(lines).toEqual(['progress: Building (29 s)', 'progress: Building (60 s)']);
  });

  test('lets a tool work on although the clock of the machine is set forward', async () => {
    const now = Date.now.bind(Date);
    let looks = 0;
    const forward = vi.spyOn(Date, 'now').mockImplementation(() => now() + 600_000 * (looks += 1));
    onTestFinished(() => forward.mockRestore());
    expect(await runTool({ ...run, command: '/bin/sleep', args: ['1.5'] })).toBeUndefined();
  });

  test('ends a tool that somebody gave up on', async () => {
    const failure = await runTool({ ...run, command: '/bin/sleep', args: ['60'], giveUp: () => 'it stands still' });
    expect(failure).toContain('/bin/sleep failed: it stands still');
  });
});
