"""How each tool is described to a model, a module for each tool or family of tools."""
