"""Any OpenAI-compatible model as one more annotator; asked only where somebody names its address."""
