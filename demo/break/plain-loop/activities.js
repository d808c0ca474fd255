/** How each job API of Keboola is spoken to, by the connection that leads to it. */
const SPOKEN = {
  default: {
    create: (component, configData) => [`/docker/${component}/run`, { configData }],
    read: (jobId) => `/queue/job/${jobId}`,
  },
  queue: {
    create: (component, configData) => ['/jobs', { component, configData }],
    read: (jobId) => `/jobs/${jobId}`,
  },
};

/** The two requests of the plain loop, against the sandbox. Temporal retries whatever throws. */
export function plainActivities(connections) {
  const request = async (name, path, options = {}) => {
    const { url, token } = connections.find((one) => one.name === name);
    const headers = { 'x-storageapi-token': token(), 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { ...options, headers });
    if (!answer.ok) throw new Error(`Keboola answered ${answer.status}`);
    return await answer.json();
  };
  return {
    async createJob(connection, component, configData) {
      const [path, body] = SPOKEN[connection].create(component, configData);
      return String((await request(connection, path, { method: 'POST', body: JSON.stringify(body) })).id);
    },
    async readStatus(connection, jobId) {
      return (await request(connection, SPOKEN[connection].read(jobId))).status;
    },
  };
}
