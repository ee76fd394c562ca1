"""Counts the TAP lines of all test programs: prints skips with their reasons and, last, the
line "N passed, N failed". Ends with 1 if anything failed or nothing ran."""

import json
import re
import sys

LINE = re.compile(r"^(not )?ok\b(?:\s+\d+)?\s*-?\s*(.*)$")
DIRECTIVE = re.compile(r"#\s*(SKIP|TODO)\b\s*(.*)$", re.IGNORECASE)


def count(program):
    """(passed, failed, skips) of one program's output."""
    passed, failed, skips = 0, 0, []
    for line in program.get("stdout", "").splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        is_failed, name = match.groups()
        directive = DIRECTIVE.search(name)
        if directive is not None and directive.group(1).upper() == "SKIP":
            skips.append(f"skipped: {program['name']} {name}")
        elif is_failed:
            failed += 1
        else:
            passed += 1
    # A program that crashed, hung or printed no plan failed, whatever it had passed before.
    if program["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and failed == 0:
        failed = 1
    if program["result"] == "OK" and passed == 0 and not skips:
        passed = 1
    return passed, failed, skips


def main():
    passed, failed, skips = 0, 0, []
    try:
        with open(sys.argv[1], encoding="utf-8") as log:
            programs = [json.loads(line) for line in log if line.strip()]
    except OSError as error:
        print(f"There is no test log: {error}")
        programs = []
    for program in programs:
        counts = count(program)
        passed += counts[0]
        failed += counts[1]
        skips += counts[2]
    for skip in skips:
        print(skip)
    tail = f", {len(skips)} skipped" if skips else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed or not passed else 0


sys.exit(main())
