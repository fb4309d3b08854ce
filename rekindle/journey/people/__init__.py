"""The team: who is here, who has left and who writes in their place, and which candidates know."""
