import { expect, it } from 'vitest';
import { persistenceIn } from '../../../bench/scale/persistence.js';

const METRICS = `# TYPE persistence_requests counter
persistence_requests{namespace="default",operation="AppendRawHistoryNodes",service_name="history"} 12
persistence_requests{namespace="default",operation="UpdateWorkflowExecution",service_name="history"} 30
persistence_requests{namespace="system",operation="GetTimerTasks",service_name="history"} 7
persistence_requests{namespace="default",operation="ReadHistoryBranch",service_name="history"} 1e+01
persistence_latency_count{namespace="default",operation="UpdateWorkflowExecution",service_name="history"} 999
visibility_persistence_requests{namespace="default",operation="UpsertWorkflowExecution",service_name="history"} 5
visibility_persistence_requests{namespace="default",operation="CountWorkflowExecutions",service_name="frontend"} 2
`;

it('counts what a server asks its database, and tells what looks from what writes', () => {
  expect(persistenceIn(METRICS)).toEqual({ reads: 17, writes: 42, visibilityReads: 2, visibilityWrites: 5 });
});

it('counts nothing where there is nothing', () => {
  expect(persistenceIn('')).toEqual({ reads: 0, writes: 0, visibilityReads: 0, visibilityWrites: 0 });
});
