import { expect, it } from 'vitest';
import { scripted, settled } from '../support/job-lab.js';
import { useLeapingLab } from '../support/use-leaping-lab.js';

const HOUR_SECONDS = 3_600;

const open = useLeapingLab();

it('stays within the polls that the schedule promises for one hour', async () => {
  const handle = await open.lab.start(scripted({ durationSeconds: HOUR_SECONDS }));
  const { result } = await settled(handle);
  expect(result?.polls).toBeLessThanOrEqual(112);
});

it('goes on through half an hour without any usable answer', async () => {
  const broken = { route: 'read', call: 5, times: 40, status: 502, html: '<h1>Bad gateway</h1>' } as const;
  open.lab.sandbox.faults.add(broken);
  const handle = await open.lab.start(scripted({ durationSeconds: HOUR_SECONDS }));
  const { result } = await settled(handle);
  open.lab.sandbox.faults.clear();
  expect(result).toMatchObject({ status: 'success' });
});

it('goes on for an hour with a refused token, and then says which token to renew', async () => {
  const handle = await open.lab.start(scripted({ durationSeconds: 60 * HOUR_SECONDS }));
  open.lab.sandbox.faults.add({
    route: 'read',
    call: 3,
    times: 100_000,
    status: 401,
    json: { message: 'Invalid token' },
  });
  const { error } = await settled(handle);
  open.lab.sandbox.faults.clear();
  expect((error as Error & { cause: object }).cause).toMatchObject({
    type: 'TokenRefused',
    message: expect.stringMatching(
      /^Job \d+ may still run .*\. The token was refused for an hour\. Last answer: .* answered 401/,
    ) as string,
  });
});
