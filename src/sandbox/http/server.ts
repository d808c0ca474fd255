import type { IncomingMessage } from 'node:http';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonText } from '../json.js';
import { customRoutes } from '../api/syrup/custom.js';
import { addControlRoutes } from './control.js';
import type { Control } from './control.js';
import { refusalOf } from './doorman.js';
import type { Door } from './doorman.js';
import { addJobPage } from './job-page.js';
import { answerProblem, SyrupProblem } from '../answer/problem.js';
import { routeNotFound, routes } from '../api/routes.js';
import type { Route } from '../api/route.js';
import { send } from './send.js';
import { readUpload } from './read-upload.js';
import { serve } from './serve.js';
import type { Server } from './serve.js';

const BODY_BYTES_MAX = 16_777_216;
const PARAM_CHARACTERS_MAX = 2_000;

/** Builds the HTTP server around one simulation; it does not listen yet. */
export function buildServer(server: Server, control: Control, door: Door): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_BYTES_MAX,
    exposeHeadRoutes: false,
    // A closing sandbox does not wait for clients that keep their connections open.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: PARAM_CHARACTERS_MAX, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => refuse(server, error, request, reply),
  });

  // Bodies stay text: the token is checked before the body, and Syrup does not look at the content type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  // Runs before every route, so that none can forget it.
  app.addHook('onRequest', async ({ headers }, reply) => {
    const error = refusalOf(headers, door);
    if (error === undefined) return;
    await reply
      .code(403)
      .header('content-type', 'application/json')
      .send(Buffer.from(jsonText({ error })));
  });
  addControlRoutes(app, control);
  addJobPage(app, control);
  const handle = (route: Pick<Route, 'name' | 'handler'>) => async (request: FastifyRequest, reply: FastifyReply) => {
    await serve(server, route, request, reply);
    // Tells the framework that the answer is under way; otherwise it would end a stream before its first byte.
    return reply;
  };
  const addRoutes = (target: FastifyInstance, isUpload: boolean): void => {
    const all = [...routes, ...customRoutes(server.simulation.fixture)];
    for (const route of all.filter((item) => (item.isUpload === true) === isUpload)) {
      target.route({ method: route.method, url: route.url, handler: handle(route) });
    }
  };
  addRoutes(app, false);
  void app.register((uploads, _options, done) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser('*', (_request: FastifyRequest, body: IncomingMessage) =>
      readUpload(body, server.simulation.world.storage.room),
    );
    addRoutes(uploads, true);
    done();
  });
  app.setNotFoundHandler(handle({ name: 'notFound', handler: routeNotFound }));
  app.setErrorHandler((error, request, reply) => refuse(server, error, request, reply));
  return app;
}

/** Answers errors of HTTP itself, such as a body that is too long. */
function refuse({ simulation }: Server, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const isHttp = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  const problem = isHttp ? new SyrupProblem(Number(error.statusCode), error.message) : error;
  send(reply, answerProblem(problem, { path: request.url, runId: undefined }), simulation.world.nowMs);
}
