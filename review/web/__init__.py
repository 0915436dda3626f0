"""The review in a browser: pages for people, `/api/v1` for programs."""
