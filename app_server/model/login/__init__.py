"""Getting, renewing and giving back a login. What a login is, and where it is kept, is `model.auth`."""
