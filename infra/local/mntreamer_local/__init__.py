"""mntreamer on one machine: SQLite for the tables, a folder for the bucket, child processes for the tasks."""
