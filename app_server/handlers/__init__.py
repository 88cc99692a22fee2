"""One module an area; a handler is a typed async function bound to a method of the table."""
