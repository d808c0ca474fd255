"""Starts two Keboola jobs from Python, encrypted, and reads how they have ended. See README.md."""

import asyncio
import dataclasses
import os
from datetime import date

from encryption import EncryptionCodec
from temporalio.client import Client, WorkflowFailureError
from temporalio.converter import DefaultFailureConverterWithEncodedAttributes, default

CONFIGS = ["success", "user-error"]


async def run_job(client: Client, config: str) -> str:
    try:
        job = await client.execute_workflow(
            "runJob",
            {"component": "keboola.ex-http", "config": config},
            id=f"encrypted-{date.today()}/{config}",
            # The worker that holds Keboola's token, and the same keys.
            task_queue="keboola-encrypted",
            result_type=dict,
        )
    except WorkflowFailureError as error:
        # The type of a failure stays readable in Temporal; its message has come encrypted.
        return f"{config}: {error.cause.type}: {error.cause.message}"
    return f"{config}: {job['status']}"


async def main() -> None:
    converter = dataclasses.replace(
        default(),
        payload_codec=EncryptionCodec(os.environ["KEBOOLA_PAYLOAD_KEYS_FILE"]),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
    client = await Client.connect(os.environ.get("TEMPORAL_ADDRESS", "localhost:7233"), data_converter=converter)
    for end in await asyncio.gather(*(run_job(client, config) for config in CONFIGS)):
        print(end)
    # The SDK's own threads may outlive its client for a moment, and crash a Python that ends before them:
    # https://github.com/temporalio/sdk-python/issues/300
    await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(main())
