import { setTimeout as sleep } from 'node:timers/promises';

const ofSeconds = (durationSeconds) => ({
  component: 'keboola.ex-http',
  configData: { parameters: { sandbox: { durationSeconds } } },
});

/** Workflows that are told something while they rest between two reads. */
export const messageScenes = {
  // The list has shown ends of others, and another job is under way all the time, so a watcher is trusted with this one.
  watched: {
    input: ofSeconds(45),
    during: async ({ handle }) => {
      const start = (seconds) =>
        handle.client.start('runJob', {
          workflowId: `beside-watched-${seconds}`,
          taskQueue: 'keboola',
          args: [ofSeconds(seconds)],
        });
      const [, , beside] = await Promise.all([start(3), start(8), start(90)]);
      await handle.result();
      await beside.terminate();
    },
  },
  nudged: {
    input: ofSeconds(3),
    during: async ({ handle }) => {
      await handle.executeUpdate('waitForCreated');
      for (let i = 0; i < 3; i++) await handle.signal('nudge', { status: 'success' });
    },
  },
  'limits-set': {
    input: { ...ofSeconds(6), runTimeout: '1h' },
    during: async ({ handle }) => {
      await handle.executeUpdate('waitForCreated');
      for (let hours = 2; hours < 5; hours++) {
        await sleep(800);
        await handle.executeUpdate('setTimeouts', { args: [{ runTimeout: `${hours}h` }] });
      }
    },
  },
};
