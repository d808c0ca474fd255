import { request } from 'undici';

export async function sendsRequest(): Promise<number> {
  return (await request('http://127.0.0.1:1')).statusCode;
}
