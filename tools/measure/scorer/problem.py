"""What is wrong with the predictions of a script, in a sentence for whoever mends it."""


class Problem(Exception):
    pass
