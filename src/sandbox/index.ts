/**
 * A local Keboola of both generations: Storage, Syrup's apps with their queue, and Queue v2 on one loopback port, with a
 * clock to steer and faults to add. It shares no code with the rest of this package.
 *
 * @packageDocumentation
 */
export { createClock } from './clock.js';
export type { ClockOptions, ControlledClock, SandboxClock } from './clock.js';
export type { Counted, CountersView } from './record/counters.js';
export type { FaultInput } from './faults/fault.js';
export type { RouteName } from './faults/route-names.js';
export type { ActiveFault } from './faults/registry.js';
export { builtInFixture } from './fixture/built-in.js';
export type { FixtureInput } from './fixture/schema.js';
export type { ChildScript, Script } from './fixture/script-schema.js';
export type { SandboxOptions } from './options.js';
export type { LoggedRequest } from './record/request-log.js';
export type { RunIdView } from './record/run-id-counts.js';
export { runSandbox } from './run.js';
export { SandboxInputError } from './sandbox-input-error.js';
export type { SandboxSettings, SettingsInput } from './settings.js';
export { startSandbox } from './start.js';
export type { Sandbox } from './start.js';
export type { JobDocument } from './documents/job-document.js';
