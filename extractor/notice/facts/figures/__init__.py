"""From the quantities of a sentence to drafts of facts."""
