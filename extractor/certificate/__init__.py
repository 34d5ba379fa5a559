"""What a dataset is worth, in figures that anybody can make again: the certificate, and the audit of a sample."""
