"""What happens, one file for each thing, named by its verb. A use case reads, asks the domain and writes."""
