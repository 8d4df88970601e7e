"""The calls that a revision file makes, by what they are about; ``flaskmig.op`` gathers them."""
