import { sleep } from '@temporalio/workflow';

export async function longSleep(hours: number): Promise<number> {
  await sleep(hours * 3_600_000);
  return Date.now();
}
