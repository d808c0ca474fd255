"""A deferrable operator: a task creates the job, and the triggerer waits for it, so that no worker is occupied meanwhile."""

import asyncio
import time
from datetime import timedelta

from airflow.sdk import DAG, BaseOperator, Param
from airflow.triggers.base import BaseTrigger, TriggerEvent
from sandbox_requests import create_job, read_job, rest_seconds

RETRIES = 3
RETRY_DELAY = timedelta(seconds=10)


class JobTrigger(BaseTrigger):
    def __init__(self, job_id, created):
        super().__init__()
        self.job_id = job_id
        self.created = created

    def serialize(self):
        return "keboola.JobTrigger", {"job_id": self.job_id, "created": self.created}

    async def run(self):
        while True:
            await asyncio.sleep(rest_seconds(time.time() - self.created))
            job = await asyncio.to_thread(read_job, self.job_id)
            if job["isFinished"]:
                yield TriggerEvent({"jobId": self.job_id, "status": job["status"]})
                return


class RunJobOperator(BaseOperator):
    def execute(self, context):
        job_id = create_job(context["params"]["configData"])
        self.defer(trigger=JobTrigger(job_id, time.time()), method_name="resume")

    def resume(self, context, event):
        return event


with DAG("keboola", schedule=None, params={"configData": Param({}, type="object")}, max_active_runs=1000):
    RunJobOperator(task_id="run_job", retries=RETRIES, retry_delay=RETRY_DELAY)
