"""HTTP and websockets as a client, whoever is asked: connections, TLS, proxies.

What a request says and what its answer means is its sender's; this folder knows no provider and no login.
"""
