"""Creates, polls and kills Keboola jobs with nothing but the standard library. See README.md."""

import json
import os
import time
import urllib.request

URL = os.environ.get("KBC_URL", "http://127.0.0.1:8787")
TOKEN = os.environ.get("KBC_TOKEN", "1134-53044-sandbox")
POLL_SECONDS = float(os.environ.get("POLL_SECONDS", "1"))
POLLS_MAX = 600


def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"X-StorageApi-Token": TOKEN, "Content-Type": "application/json"}
    request = urllib.request.Request(URL + path, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def create(component, config):
    return str(call("POST", f"/docker/{component}/run", {"config": config})["id"])


def wait(job_id, is_over):
    for _ in range(POLLS_MAX):
        job = call("GET", f"/queue/job/{job_id}")
        if is_over(job):
            return job
        time.sleep(POLL_SECONDS)
    raise TimeoutError(f"job {job_id} took too long")


job = wait(create("keboola.ex-http", "success"), lambda job: job["isFinished"])
print(job["id"], job["status"], job["result"]["message"])

job_id = create("keboola.ex-db-mysql", "slow")
wait(job_id, lambda job: job["status"] == "processing")
call("POST", f"/queue/jobs/{job_id}/kill")
print(job_id, wait(job_id, lambda job: job["isFinished"])["status"])
