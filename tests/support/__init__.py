"""What tests of several areas share to play a client, an upstream, and a reader of transcripts."""
