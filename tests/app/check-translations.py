#!/usr/bin/env python3
"""Every sentence a person sees is in Chinese: check-translations.py SOURCE-ROOT. Prints TAP."""

import os
import re
import subprocess
import sys
import tempfile

KEYWORDS = ["--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=g_dngettext:2,3",
            "--keyword=ngettext:1,2"]
MARKED = re.compile(r'\b(_|N_|C_|ngettext|g_dngettext) ?\(\s*"|translatable="yes"')

number = 0
failed = 0


def check(promise, problems):
    global number, failed
    number += 1
    for problem in problems[:20]:
        print("#", problem)
    failed += bool(problems)
    print("not ok" if problems else "ok", number, promise, flush=True)


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def marked_files(root):
    found = set()
    for top in ("app", "engine"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith((".c", ".h", ".ui")):
                    with open(path, encoding="utf-8") as file:
                        if MARKED.search(file.read()):
                            found.add(os.path.relpath(path, root))
    return found


def entries(text):
    """(msgid, msgstr) of a PO file without line breaks."""
    for part in text.split("\n\n"):
        said = re.findall(r'^(msgid|msgstr(?:\[0\])?) "(.*)"$', part, re.M)
        pairs = dict(said)
        if pairs.get("msgid"):
            yield pairs["msgid"], pairs.get("msgstr", pairs.get("msgstr[0]", ""))


def numbers_of(text):
    """The kinds of a format's values, in order."""
    kinds = re.findall(r"%(?:(\d+)\$)?'?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?"
                       r"(<PRI\w+>|[hlzjt]*[diouxXeEfgGcsp])", text.replace("%%", ""))
    return [kind for _, kind in sorted(((int(place or i + 1), kind)
                                        for i, (place, kind) in enumerate(kinds)))]


def main():
    root = sys.argv[1]
    po = os.path.join(root, "po", "zh_CN.po")
    with open(os.path.join(root, "po", "POTFILES"), encoding="utf-8") as file:
        listed = {line.strip() for line in file if line.strip()}

    print("1..6")
    check("/translations/every-file-with-sentences-is-listed",
          [f"{path} is not in po/POTFILES" for path in sorted(marked_files(root) - listed)]
          + [f"{path} of po/POTFILES does not exist" for path in sorted(listed)
             if not os.path.exists(os.path.join(root, path))])

    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "baleen.pot")
        merged = os.path.join(folder, "merged.po")
        subprocess.run(["xgettext", "--directory", root, "--from-code=UTF-8", *KEYWORDS, "-f",
                        os.path.join(root, "po", "POTFILES"), "-o", pot],
                       check=True, capture_output=True)
        run("msgmerge", "-q", "--no-fuzzy-matching", "-o", merged, po, pot)
        untranslated = run("msgattrib", "--no-wrap", "--untranslated", "--no-obsolete", merged)
        fuzzy = run("msgattrib", "--no-wrap", "--only-fuzzy", "--no-obsolete", po)
        everything = list(entries(run("msgattrib", "--no-wrap", "--no-obsolete", merged)))
    check("/translations/nothing-is-untranslated",
          [f"untranslated: {said}" for said, _ in entries(untranslated)])
    check("/translations/nothing-is-fuzzy", [f"fuzzy: {said}" for said, _ in entries(fuzzy)])
    check("/translations/formats-take-the-same-values",
          [f"{said} → {chinese}" for said, chinese in everything
           if not said.startswith("%-d") and numbers_of(said) != numbers_of(chinese)])
    check("/translations/no-half-width-marks-between-han",
          [chinese for said, chinese in everything
           if not said.endswith(";")
           and re.search(r"[\u4e00-\u9fff][,;?!:][\u4e00-\u9fff]", chinese)])
    check("/translations/no-sentence-is-cut-by-a-macro",
          [said for said, _ in everything
           if re.search(r"%[-+ #0-9.']*$", said.replace("%%", "")) and said != "%"])
    return 1 if failed else 0


sys.exit(main())
