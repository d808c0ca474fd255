import { connect } from 'node:http2';

const healthPath = '/grpc.health.v1.Health/Check';
const workflowService = 'temporal.api.workflowservice.v1.WorkflowService';
/** `HealthCheckResponse { status: SERVING }`: no compression, two bytes, field 1 holds 1. */
const servingAnswer = Buffer.from([0, 0, 0, 0, 2, 0x08, 0x01]);

/**
 * Asks a Temporal server by the gRPC health protocol whether its workflow service is ready. It uses plain HTTP/2, since
 * an SDK client takes a quarter of a second to load and waits a second between its attempts.
 *
 * @returns false for every other answer, for none, and when nobody listens.
 */
export function isServing(port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`);
    const giveUp = setTimeout(() => settle(false), timeoutMs);
    const settle = (serving: boolean) => {
      clearTimeout(giveUp);
      session.destroy();
      resolve(serving);
    };
    session.on('error', () => settle(false));
    const request = session.request({
      ':method': 'POST',
      ':path': healthPath,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    request.on('error', () => settle(false));
    let answer = Buffer.alloc(0);
    request.on('data', (chunk: Buffer) => {
      // An answer that is longer than any health answer comes from another program.
      answer = Buffer.concat([answer, chunk.subarray(0, 64)]);
      if (answer.length >= servingAnswer.length) settle(answer.equals(servingAnswer));
    });
    request.on('end', () => settle(answer.equals(servingAnswer)));
    request.end(healthQuestion());
  });
}

/** `HealthCheckRequest { service }` with the five bytes of gRPC framing before it. */
function healthQuestion(): Buffer {
  const name = Buffer.from(workflowService);
  return Buffer.concat([Buffer.from([0, 0, 0, 0, name.length + 2, 0x0a, name.length]), name]);
}
