"""Files in an object storage that speaks S3, as a county's cloud has it."""

from typing import Any

from botocore.config import Config  # type: ignore[import-untyped] # it ships none
from django.core.exceptions import ImproperlyConfigured

from portal.settings.checked import https_url
from portal.settings.env import one_of, optional, required

# A page must not wait minutes for a store that is away; boto's own patience is five of them.
_PATIENCE = {"connect_timeout": 3, "read_timeout": 20, "retries": {"total_max_attempts": 2}}
# Checksums in trailers are Amazon's own; other stores refuse them or keep them in the file.
_PLAIN = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


def bucket_storages(bucket: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The storages for public media and for what citizens hand in, each in a bucket of its own."""
    private = required("S3_PRIVATE_BUCKET", "公众上传的材料须存入不公开的存储桶。")
    if private == bucket:
        raise ImproperlyConfigured("S3_PRIVATE_BUCKET 不能与 S3_BUCKET 相同：前者不得公开。")
    style = one_of("S3_ADDRESSING", "auto", "path", "virtual")
    shared = {
        "access_key": required("S3_ACCESS_KEY", "填写对象存储的访问密钥。"),
        "secret_key": required("S3_SECRET_KEY", "填写对象存储的私有密钥。"),
        "endpoint_url": https_url("S3_ENDPOINT", "例如 https://对象存储的内网地址"),
        # Part of every signature; stores without regions take this one.
        "region_name": optional("S3_REGION", "us-east-1"),
        "client_config": Config(
            signature_version="s3v4", s3={"addressing_style": style}, **_PATIENCE, **_PLAIN
        ),
        # What is public is never swapped: a second file of the same name gets a name of its own.
        "file_overwrite": False,
    }
    public = {**shared, "bucket_name": bucket, "location": "media"}
    # Its names are drawn at random: no need to ask first whether there is such a file.
    kept = {
        **shared,
        "bucket_name": private,
        "location": "private",
        "default_acl": "private",
        "file_overwrite": True,
    }
    return (
        {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": public},
        {"BACKEND": "people.storage.PrivateS3Storage", "OPTIONS": kept},
    )


def picture_sources(storage: dict[str, Any]) -> list[str]:
    """Where the addresses of a bucket's pictures may lead, by either style of naming it."""
    options = storage["OPTIONS"]
    host = options["endpoint_url"].removeprefix("https://").partition("/")[0]
    return [f"https://{host}", f"https://{options['bucket_name']}.{host}"]
