"""What the figures of a sentence say of each other, once all are drafted."""
