"""Why a line is not met, and what was tried: by line, or by line and the first words of a row."""

REMARKS = {}
