"""What people type: `mntreamer …`, over the API of a server here or on AWS."""
