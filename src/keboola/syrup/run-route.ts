import type { CreateJobRequest } from '../../job/creation.js';

/** Where and with what body one job is created. */
export interface RunRoute {
  path: string;
  body: Record<string, unknown>;
}

/**
 * `POST /docker/{component}/run` for docker components and `POST /{application}/run` for native ones; a component's
 * `uri` tells which (`https://syrup.keboola.com/docker/{component}` or `https://syrup.keboola.com/{application}`).
 *
 * Sources: keboola/docker-bundle `routing.yml`, keboola/syrup `app/config/routing.yml`. Of the uri only the path counts:
 * its host comes from a response and must not see the token.
 */
export function runRoute(request: CreateJobRequest, componentUri: string | undefined): RunRoute {
  const given = URL.parse(componentUri ?? '')?.pathname.replace(/\/+$/, '') ?? '';
  const path = given === '' ? `/docker/${encodeURIComponent(request.component)}` : given;
  return {
    path: `${path}/run`,
    body: {
      ...request.params,
      ...(request.config === undefined ? {} : { config: request.config }),
      ...(request.configData === undefined ? {} : { configData: request.configData }),
    },
  };
}
