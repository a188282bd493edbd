"""The calls to Telegram and what their errors mean."""
