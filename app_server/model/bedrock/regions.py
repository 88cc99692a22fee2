"""Where Amazon Bedrock answers in the form that we speak: at an address of each region's own."""

from typing import Final

_REGIONS: Final = frozenset(
    {
        *("ap-northeast-1", "ap-south-1", "ap-southeast-3"),
        *("eu-central-1", "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2"),
        *("sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-west-2"),
    }
)


def is_supported(region: str) -> bool:
    return region in _REGIONS


def base_url(region: str) -> str:
    return f"https://bedrock-mantle.{region}.api.aws/openai/v1"
