"""The API's routes: the same in the Lambda function and on one machine."""
