"""E-invoices after EN 16931: what they say, and where the portal asks back instead of guessing."""
