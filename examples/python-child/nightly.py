"""A Python workflow that runs Keboola jobs as children, by name. See README.md."""

import asyncio
import os
from datetime import date, timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.exceptions import ApplicationError, ChildWorkflowError
from temporalio.worker import Worker

TASK_QUEUE = "python"
CONFIGS = ["success", "warning", "user-error"]


@activity.defn
async def announce(message: str) -> None:
    print(message, flush=True)


@workflow.defn
class Nightly:
    @workflow.run
    async def run(self, configs: list[str]) -> list[str]:
        ends = list(await asyncio.gather(*(self.run_job(config) for config in configs)))
        for end in ends:
            await workflow.execute_activity(announce, end, start_to_close_timeout=timedelta(minutes=1))
        return ends

    async def run_job(self, config: str) -> str:
        try:
            job = await workflow.execute_child_workflow(
                "runJob",
                {"component": "keboola.ex-http", "config": config, "onTerminated": "fail"},
                id=f"{workflow.info().workflow_id}/{config}",
                # The worker that holds Keboola's token runs it; this one needs none.
                task_queue="keboola",
                # The default would terminate it, and a terminated workflow cannot stop its job.
                parent_close_policy=workflow.ParentClosePolicy.REQUEST_CANCEL,
                result_type=dict,
            )
        except ChildWorkflowError as error:
            if not isinstance(error.cause, ApplicationError):
                raise
            return f"{config}: {error.cause.type}: {error.cause.message}"
        return f"{config}: {job['status']}"


async def main() -> None:
    client = await Client.connect(os.environ.get("TEMPORAL_ADDRESS", "localhost:7233"))
    async with Worker(client, task_queue=TASK_QUEUE, workflows=[Nightly], activities=[announce]):
        await client.execute_workflow(
            Nightly.run, CONFIGS, id=f"nightly-{date.today()}", task_queue=TASK_QUEUE
        )
    # The SDK's own threads may outlive its worker for a moment, and crash a Python that ends before them:
    # https://github.com/temporalio/sdk-python/issues/300
    await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(main())
