"""What people and programs are told of, without being asked."""
