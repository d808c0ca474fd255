import { InterceptingCall, type Interceptor, type status } from '@grpc/grpc-js';
import { Client, Connection } from '@temporalio/client';
import { onTestFinished } from 'vitest';
import { endedCall } from '../../src/temporal/end-with-connection.js';
import { directly } from './directly.js';

/** A client of a real server whose calls for lists of workflows a test hears of, or has refused. */
export interface ListingClient {
  client: Client;
  /** How often a list was asked for. */
  lists: () => number;
}

/** @param refusedAs what gRPC calls the refusal; without it lists are answered. */
export async function openListingClient(address: string, refusedAs?: status): Promise<ListingClient> {
  let lists = 0;
  const interceptor: Interceptor = (options, nextCall) => {
    if (!options.method_definition.path.endsWith('/ListWorkflowExecutions'))
      return new InterceptingCall(nextCall(options));
    lists += 1;
    return refusedAs === undefined
      ? new InterceptingCall(nextCall(options))
      : new InterceptingCall(endedCall(refusedAs, 'refused'));
  };
  const interceptors = [interceptor, ...directly.interceptors];
  const connection = await Connection.connect({ address, ...directly, interceptors });
  onTestFinished(() => connection.close());
  return { client: new Client({ connection }), lists: () => lists };
}
