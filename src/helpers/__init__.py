"""Read news articles about cooperatives, reconcile their figures, compare provinces, write briefings.

The way of the data is the order of the folders: ``read``, ``reconcile``, ``compare``, ``brief``; ``run``
executes it. A module imports only from what stands above it in DESIGN order; a test holds that.
"""
