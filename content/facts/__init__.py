"""Reading what a person jotted down or forwarded: signs, amounts, days, dates."""
