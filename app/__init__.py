"""The explorer: Streamlit screens that translate clicks into the verbs of `argmap.knowledge_base`."""
