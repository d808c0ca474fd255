"""What the peers of Python have in common: requests to the sandbox, and when to read next."""

import json
import os
import random
import urllib.request

COMPONENT = "keboola.ex-http"


def rest_seconds(age, uniform=random.random):
    """The product's own schedule without earlier runs (src/job/wait/poll-schedule.ts); a test compares both."""
    step = min(60, max(1, 0.1 * age))
    return max(1, step * (1 + 0.1 * (2 * uniform() - 1)))


def create_job(config_data):
    created = _request(f"/docker/{COMPONENT}/run", {"configData": config_data})
    return str(created["id"])


def read_job(job_id):
    return _request(f"/queue/job/{job_id}")


def _request(path, body=None):
    headers = {"X-StorageApi-Token": os.environ["KBC_TOKEN"], "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(os.environ["KBC_URL"] + path, data, headers)) as answer:
        return json.load(answer)
