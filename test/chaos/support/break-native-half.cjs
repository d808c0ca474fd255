// Loaded before the command line: what the workflows of the worker decide reaches its native half as rubbish.
const { native } = require('@temporalio/core-bridge');

const complete = native.workerCompleteWorkflowActivation;
native.workerCompleteWorkflowActivation = (worker) => complete(worker, Buffer.from('\u0007rubbish'));
