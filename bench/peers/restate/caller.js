import { connect } from '@restatedev/restate-sdk-clients';

export function openCaller({ ingressPort, adminPort, servicePort }) {
  const ingress = connect({ url: `http://127.0.0.1:${ingressPort}` });
  return {
    /** The server has to be told once where the worker listens. */
    async prepare() {
      const answer = await fetch(`http://127.0.0.1:${adminPort}/deployments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uri: `http://127.0.0.1:${servicePort}/` }),
      });
      if (!answer.ok) throw new Error(`Restate does not find the worker: ${answer.status} ${await answer.text()}`);
    },

    async start(key, configData) {
      const client = ingress.workflowClient({ name: 'keboola' }, key);
      await client.workflowSubmit(configData);
      return { result: () => client.workflowAttach() };
    },
  };
}
