"""Types → JSON Schema (and TypeScript). Its output is checked in under `schema/`."""
