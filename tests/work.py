"""How much work a call does: counted, which is the same on a busy machine, or timed, for tests marked `timing` alone."""

import sys
import time
from contextlib import contextmanager


def lines_run(function, *arguments, **named):
    """Count the lines of Python that a call executes, in this process and thread.

    Loops count as often as they turn. What happens inside a library's C code, a regex's search among it, doesn't count.
    """
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        function(*arguments, **named)
    finally:
        sys.settrace(before)
    return count


@contextmanager
def at_most(seconds):
    """Assert that the body takes at most so many seconds of this process's time."""
    began = time.process_time()
    yield
    spent = time.process_time() - began

    assert spent < seconds


def assert_linear(function, size):
    """Assert that a function of a length runs about twice as many lines of Python for twice the length, not four times."""
    function(size + 1)  # what is loaded once doesn't count, and the text that was read last is remembered
    once, twice = lines_run(function, size), lines_run(function, 2 * size)

    assert twice < 2.3 * once + 500, f"{once} lines for {size}, {twice} for {2 * size}"
