"""The types that travel between the stages. Imports nothing else of Gouji."""
