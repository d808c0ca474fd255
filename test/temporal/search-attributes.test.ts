import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startDevServer, type DevServer, type SearchAttributeType } from '../../src/dev/dev-server.js';
import {
  registerSearchAttributes,
  searchAttributeFaults,
  unusableSearchAttributes,
} from '../../src/temporal/search-attributes.js';
import { directly } from '../support/directly.js';
import { required } from '../support/required.js';

/** Each of our names, as somebody else may have registered it. */
const WRONG: Record<string, SearchAttributeType> = {
  KeboolaProject: 'Int',
  KeboolaComponent: 'Text',
  KeboolaConfig: 'Double',
  KeboolaJobId: 'KeywordList',
  KeboolaStatus: 'Bool',
};

let server: DevServer;
let connection: Connection;
let client: Client;

beforeAll(async () => {
  const { cli } = required(inject('devServer'));
  server = await startDevServer({ cli, headless: true, searchAttributes: WRONG });
  connection = await Connection.connect({ address: server.address, ...directly });
  client = new Client({ connection });
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

describe('search attributes of our names that hold something else', () => {
  it('are told by name and type, beside those that are missing', async () => {
    const faults = await searchAttributeFaults(client);
    expect(faults).toContainEqual({ name: 'KeboolaRunId' });
    expect(Object.fromEntries(faults.flatMap(({ name, type }) => (type === undefined ? [] : [[name, type]])))).toEqual(
      WRONG,
    );
  });

  it('are never replaced: the rest is registered, and those are named', async () => {
    await expect(registerSearchAttributes(client)).rejects.toThrow(
      /KeboolaStatus is registered as Bool, but must be Keyword/,
    );
    await expect
      .poll(() => searchAttributeFaults(client), { timeout: 20_000 })
      .not.toContainEqual({
        name: 'KeboolaRunId',
      });
  });

  it("tell an author's own attribute that is known by another type", async () => {
    expect(
      await unusableSearchAttributes(client, { KeboolaProject: 'Int', KeboolaStatus: 'Int', Never: 'Text' }),
    ).toEqual([{ name: 'KeboolaStatus', type: 'Bool' }, { name: 'Never' }]);
  });
});

describe("the server's own search attributes", () => {
  it('may be carried on, such as those by which a run knows its schedule', async () => {
    const wanted = { TemporalScheduledById: 'Keyword', TemporalScheduledStartTime: 'Datetime' };
    expect(await unusableSearchAttributes(client, wanted)).toEqual([]);
  });
});
