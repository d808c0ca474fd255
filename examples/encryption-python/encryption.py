"""The codec of Temporal's Python sample for encryption, with keys from the file of keboola-temporal. See README.md."""

import base64
import json
import os
from typing import Iterable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

NONCE_BYTES = 12


class EncryptionCodec(PayloadCodec):
    def __init__(self, path: str) -> None:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        self.encrypt_with: str | None = document["encryptWith"]
        self.keys = {name: AESGCM(base64.b64decode(key)) for name, key in document["keys"].items()}

    async def encode(self, payloads: Iterable[Payload]) -> list[Payload]:
        if self.encrypt_with is None:
            return list(payloads)
        return [self.encrypted(payload, self.encrypt_with) for payload in payloads]

    async def decode(self, payloads: Iterable[Payload]) -> list[Payload]:
        return [self.decrypted(payload) for payload in payloads]

    def encrypted(self, payload: Payload, name: str) -> Payload:
        nonce = os.urandom(NONCE_BYTES)
        data = self.keys[name].encrypt(nonce, payload.SerializeToString(), None)
        metadata = {"encoding": b"binary/encrypted", "encryption-key-id": name.encode()}
        return Payload(metadata=metadata, data=nonce + data)

    def decrypted(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != b"binary/encrypted":
            return payload
        name = payload.metadata["encryption-key-id"].decode()
        if name not in self.keys:
            raise ValueError(f'A payload is encrypted with the key "{name}", which is not in the file')
        nonce, data = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        return Payload.FromString(self.keys[name].decrypt(nonce, data, None))
