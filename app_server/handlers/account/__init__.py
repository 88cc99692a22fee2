"""Who is logged in, how one logs in, and what the account may still use."""
