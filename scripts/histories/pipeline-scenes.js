// Scenes of pipelines for record-histories.js.

const job = (config, more) => ({ component: 'keboola.ex-http', config, ...more });
const pipeline = (...phases) => ({
  name: 'recorded',
  phases: phases.map((tasks, at) => ({ name: `phase ${at + 1}`, tasks })),
});
const slow = { id: 'slow', job: job('slow') };

export const pipelineScenes = {
  'pipeline-warning': {
    workflow: 'runPipeline',
    input: pipeline(
      [{ job: job('success') }, { id: 'bad', job: job('user-error'), continueOnFailure: true }],
      [{ id: 'nested', pipeline: pipeline([{ job: job('success') }]) }],
    ),
  },
  'pipeline-failed': {
    workflow: 'runPipeline',
    input: {
      ...pipeline(
        [
          { job: job('success') },
          { id: 'bad', job: job('application-error'), retry: { attempts: 2, on: ['application'] } },
          { ...slow, timeout: '3s' },
        ],
        [{ id: 'never', job: job('success') }],
      ),
      maxParallel: 2,
    },
  },
  'pipeline-canceled': {
    workflow: 'runPipeline',
    input: pipeline([slow, { id: 'nested', pipeline: pipeline([{ id: 'slow', job: job('medium') }]) }]),
    during: async ({ handle }) => {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await handle.cancel();
    },
  },
};
