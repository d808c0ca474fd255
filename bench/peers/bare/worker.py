"""The same bare loop as worker.js, of Python's standard library alone.

   worker.py '{"port": 15000, "keboola": {"url": "http://…"}}'; the token is in KBC_TOKEN
"""

import asyncio
import json
import os
import random
import sys
import time
import urllib.request

COMPONENT = "keboola.ex-http"


def rest_seconds(age, uniform=random.random):
    """The product's own schedule without earlier runs (src/job/wait/poll-schedule.ts); a test compares both."""
    step = min(60, max(1, 0.1 * age))
    return max(1, step * (1 + 0.1 * (2 * uniform() - 1)))


def request(keboola, path, body=None):
    headers = {"X-StorageApi-Token": os.environ["KBC_TOKEN"], "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(keboola["url"] + path, data, headers)) as answer:
        return json.load(answer)


async def run_job(keboola, config_data):
    body = {"configData": config_data}
    created = await asyncio.to_thread(request, keboola, f"/docker/{COMPONENT}/run", body)
    began = time.monotonic()
    while True:
        await asyncio.sleep(rest_seconds(time.monotonic() - began))
        job = await asyncio.to_thread(request, keboola, f"/queue/job/{created['id']}")
        if job["isFinished"]:
            return {"jobId": str(created["id"]), "status": job["status"]}


async def serve(port, keboola):
    jobs = set()

    async def hear(reader, writer):
        def tell(message):
            writer.write(json.dumps(message).encode() + b"\n")

        async def run(key, config_data):
            tell({"key": key, "result": await run_job(keboola, config_data)})

        while line := await reader.readline():
            order = json.loads(line)
            tell({"key": order["key"]})
            job = asyncio.create_task(run(order["key"], order["configData"]))
            # The loop itself holds tasks only weakly.
            jobs.add(job)
            job.add_done_callback(jobs.discard)

    server = await asyncio.start_server(hear, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(**json.loads(sys.argv[1])))
