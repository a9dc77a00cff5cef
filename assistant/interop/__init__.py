"""What other programs get and give: tables in and out, open data, Open311."""
