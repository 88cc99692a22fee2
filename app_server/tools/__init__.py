"""What a model can call: how each tool is described to it, which ones it is offered, and how they run.

A tool asks the turn that it runs in through `host.ToolHost`; it knows neither sessions nor connections.
"""
