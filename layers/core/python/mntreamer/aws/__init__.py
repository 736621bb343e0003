"""The ports on AWS: DynamoDB for the tables, S3 for the bucket, ECS for the recorders. Clients are passed in."""
