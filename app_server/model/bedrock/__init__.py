"""Amazon Bedrock as a provider: regions, models, and how it is asked. Only here botocore is imported."""
