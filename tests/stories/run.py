#!/usr/bin/env python3
"""Stories of the whole program: what bad input, hostile clients and accidents do to it.

python3 tests/stories/run.py PATH_TO_GONGKAI [--long] [NAME...]

Each story makes a demo site in a temporary folder, serves it on a free port of loopback and stops it by its process number. Prints
"ok name" or "not ok name: why" for each check and "N passed, N failed" as the last line.
"""
import importlib
import os
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

STORIES = ("bad_input", "uploads", "wire", "crowd", "hidden", "markup", "access", "sessions", "separation", "heavy")


def main():
    words = sys.argv[1:]
    if "--long" in words:
        os.environ["GONGKAI_TEST_LONG"] = "1"
        words.remove("--long")
    if not words or words[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 64
    program = os.path.abspath(words[0])
    from harness import Tally
    tally = Tally()
    for name in words[1:] or STORIES:
        print(f"# {name}", flush=True)
        try:
            importlib.import_module(name).tell(tally, program)
        except Exception:  # a story that breaks off is a failure, the others go on
            tally.check(f"{name}: told to the end", False, traceback.format_exc()[-1500:])
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 0 if tally.failed == 0 and tally.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
