import { Client, Connection } from '@temporalio/client';
import { KeboolaClient } from '../../../dist/client.js';
import { Lead } from '../../cost/programs/lead.js';

const COMPONENT = 'keboola.ex-http';

export async function openCaller({ address, taskQueue, row }) {
  const connection = await Connection.connect({ address, channelArgs: { 'grpc.enable_http_proxy': 0 } });
  const keboola = new KeboolaClient({ client: new Client({ connection }), taskQueue });
  const start = (configData) => keboola.start({ component: COMPONENT, configData });
  const lead = new Lead(start);
  return {
    prepare: () => (row.isWatched ? lead.untilWatched() : undefined),

    async start(_key, configData) {
      const { handle } = await start(configData);
      return { result: () => handle.result() };
    },
  };
}
