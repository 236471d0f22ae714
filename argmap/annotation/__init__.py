"""Deciding together: queues, agreement, adjudication."""
