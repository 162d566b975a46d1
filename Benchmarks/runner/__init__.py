"""The parts of the runner: what is measured (lines), with what (bench), and how it is kept and shown (store, table, plot)."""
