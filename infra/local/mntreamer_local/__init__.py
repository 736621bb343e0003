"""mntreamer on one machine: SQLite for the tables, a folder for the bucket, threads for the tasks."""
