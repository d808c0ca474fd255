/** The routes of Syrup that we call; sources are given at the calls. Applications' own paths have no template. */
export const SYRUP_ROUTES: readonly string[] = [
  '/queue/job/{id}',
  '/queue/jobs/{id}/kill',
  '/queue/jobs',
  '/docker/stats/project/daily',
  '/docker/stats/project',
  '/docker/branch/{branch}/configuration/resolve',
  '/docker/configuration/resolve',
  ...['/docker/branch/{branch}/{component}', '/docker/{component}'].flatMap((component) => [
    `${component}/run/tag/{tag}`,
    `${component}/run`,
    `${component}/debug/tag/{tag}`,
    `${component}/debug`,
    `${component}/action/{action}`,
  ]),
  '/{application}/run',
];
