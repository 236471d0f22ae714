"""AIF: argument and dialogue as AIFdb writes it, in three spellings."""
