"""Commands and processes that clients run by themselves (services.md §2, §3)."""
