const ofSeconds = (durationSeconds) => ({
  component: 'keboola.ex-http',
  configData: { parameters: { sandbox: { durationSeconds } } },
});

/** A job that a watcher is trusted with: its list has shown ends of others, and another job is under way all the time. */
export const watchScenes = {
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
};
