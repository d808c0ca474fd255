"""Makes a bucket, and temporary keys that let their bearer into one folder of it; prints the keys."""

import json
import sys

import boto3

endpoint, bucket, folder = sys.argv[1:]
setup = {
    "endpoint_url": endpoint,
    "region_name": "eu-west-1",
    "aws_access_key_id": "setup",
    "aws_secret_access_key": "setup",
}
boto3.client("s3", **setup).create_bucket(
    Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": setup["region_name"]}
)
iam = boto3.client("iam", **setup)
anybody = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
inside = {"Effect": "Allow", "Action": ["s3:*"], "Resource": [f"arn:aws:s3:::{bucket}/{folder}*"]}
role = iam.create_role(
    RoleName="files", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [anybody]})
)["Role"]["Arn"]
iam.put_role_policy(
    RoleName="files",
    PolicyName="files",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [inside]}),
)
keys = boto3.client("sts", **setup).assume_role(RoleArn=role, RoleSessionName="files")["Credentials"]
print(json.dumps(keys, default=str))
