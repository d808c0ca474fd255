"""The same bare loop as worker.js, of Python's standard library alone.

   worker.py PORT, with KBC_URL and KBC_TOKEN
"""

import asyncio
import json
import sys
import time

from sandbox_requests import create_job, read_job, rest_seconds


async def run_job(config_data):
    job_id = await asyncio.to_thread(create_job, config_data)
    began = time.monotonic()
    while True:
        await asyncio.sleep(rest_seconds(time.monotonic() - began))
        job = await asyncio.to_thread(read_job, job_id)
        if job["isFinished"]:
            return {"jobId": job_id, "status": job["status"]}


async def serve(port):
    jobs = set()

    async def hear(reader, writer):
        def tell(message):
            writer.write(json.dumps(message).encode() + b"\n")

        async def run(key, config_data):
            tell({"key": key, "result": await run_job(config_data)})

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
    asyncio.run(serve(int(sys.argv[1])))
