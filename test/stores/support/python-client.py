"""Moves a file and a table by Keboola's own client, and fails where they do not come back as they were."""

import csv
import os
import sys

from kbcstorage.client import Client

path, table_path, folder = sys.argv[1:]
client = Client(os.environ["KBC_URL"], os.environ["KBC_TOKEN"])

back = client.files.download(client.files.upload_file(path), folder)
with open(path, "rb") as sent, open(back, "rb") as come:
    assert sent.read() == come.read(), "the file is another one"

table = client.tables.create(bucket_id="in.c-main", name="orders", file_path=table_path, primary_key=["id"])
exported = client.tables.export_to_file(table_id=table, path_name=folder)
with open(table_path, newline="") as sent, open(exported, newline="") as come:
    assert sorted(csv.reader(sent)) == sorted(csv.reader(come)), "the table is another one"
print(table)
