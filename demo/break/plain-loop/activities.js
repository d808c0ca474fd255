/** The two requests of the plain loop, against the sandbox. Temporal retries whatever throws. */
export function plainActivities(url, token) {
  const headers = { 'x-storageapi-token': token, 'content-type': 'application/json' };
  return {
    async createJob(component, configData) {
      const body = JSON.stringify({ configData });
      const answer = await fetch(`${url}/docker/${component}/run`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`Keboola answered ${answer.status}`);
      return String((await answer.json()).id);
    },
    async readStatus(jobId) {
      const answer = await fetch(`${url}/queue/job/${jobId}`, { headers });
      if (!answer.ok) throw new Error(`Keboola answered ${answer.status}`);
      return (await answer.json()).status;
    },
  };
}
