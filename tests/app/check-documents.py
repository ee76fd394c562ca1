#!/usr/bin/env python3
"""What a caller may rely on of `summarize` and `ask --document`, with the built-in model:
check-documents.py PROGRAM [KILLS]. Prints TAP."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

import planted_documents as planted

program = sys.argv[1]
n_kills = int(sys.argv[2]) if len(sys.argv) > 2 else 3
seed = int(os.environ.get("BALEEN_TEST_SEED", "1"))
folder = tempfile.TemporaryDirectory()
number = failed = 0


def check(promise, problems):
    global number, failed
    number += 1
    problems = [problem for problem in problems if problem]
    for problem in problems[:20]:
        print("#", str(problem)[:500])
    failed += bool(problems)
    print("not ok" if problems else "ok", number, promise, flush=True)


def environment(cache):
    return {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "XDG_CACHE_HOME": os.path.join(folder.name, cache)}


def run(cache, *arguments, timeout=120):
    return subprocess.run([program, *arguments], capture_output=True, timeout=timeout, env=environment(cache))


def save(name, data):
    path = os.path.join(folder.name, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def bare(text):
    return "".join(text.split())


def relied_on(result, document):
    """Everything that command-line callers were promised of one summary."""
    paragraphs = document["paragraphs"]
    text = "\n\n".join(p["text"] for p in paragraphs)
    pages = {}
    for p in paragraphs:
        pages[p["page"]] = pages.get(p["page"], "") + bare(p["text"])
    problems, place = [], 0
    for part in result["coverage"]:
        problems.append(None if part["from"] == place and part["status"] in ("read", "failed", "skipped") else part)
        place = part["to"]
    problems.append(None if place == len(text) else f"covered to {place} of {len(text)}")
    problems.append(None if result["calls"] else "no calls")
    for call in result["calls"]:
        problems.append(None if call["prompt_tokens"] + call["answer_tokens"] <= call["budget"] else call)
    for claim in result["claims"]:
        for there in claim["places"]:
            problems.append(None if bare(there["quote"]) in pages[there["page"]] else there)
        if claim["verified"]:
            numbers = set(re.findall(r"\d+(?:[.,]\d+)*", " ".join(p["quote"] for p in claim["places"])))
            problems.append(None if claim["places"] and set(re.findall(r"\d+(?:[.,]\d+)*", claim["text"])) <= numbers
                            else claim)
    problems.append(None if result["summary"].strip() else "no summary")
    return problems


def is_same(a, b):
    return None if a["summary"] == b["summary"] and a["claims"] == b["claims"] and a["coverage"] == b["coverage"] \
        and a["calls"] == b["calls"] else "another result"


def children_of(pid):
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if f" {pid} " in line or "--extract-child" in line]


def check_summary():
    story = planted.Planted("en", 3, 4, 3)
    path = save("story.pdf", planted.write(story, "pdf"))
    document = json.loads(run("one", "extract", "--json", path).stdout)
    arguments = ["summarize", "--json", "--seed", "7", "--length", "detailed", path]
    done = run("one", *arguments)
    whole = json.loads(done.stdout)
    check("/summarize/what-callers-rely-on", relied_on(whole, document)
          + [None if done.stderr == b"" else done.stderr])
    told = [fact for fact, _, _, _ in story.facts if any(bare(fact).rstrip(".") in bare(claim["text"])
                                                         for claim in whole["claims"])]
    print(f"# {len(told)} of {len(story.facts)} facts, {len(whole['coverage'])} parts, {len(whole['calls'])} calls")
    again = run("one", *arguments)
    check("/summarize/again-is-the-same", [is_same(json.loads(again.stdout), whole)])
    single = json.loads(run("single", *arguments, "--parts-at-once", "1").stdout)
    check("/summarize/batches-change-nothing", [is_same(single, whole)])

    # Killed at random moments of a run, each time from a little further on.
    generator = random.Random(seed)
    problems, n_killed, longest = [], 0, 0.3
    while n_killed < n_kills:
        process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=environment(f"kill-{n_killed // 10}"))
        try:
            process.wait(generator.uniform(0.02, longest))
            # It was through already: begin anew with nothing kept.
            subprocess.run(["rm", "-rf", os.path.join(folder.name, f"kill-{n_killed // 10}")], check=True)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            n_killed += 1
            end = time.monotonic() + 4
            while (left := children_of(process.pid)) and time.monotonic() < end:
                time.sleep(0.1)
            problems.append(f"left behind: {left}" if left else None)
        longest = min(longest * 1.5, 4)
        if n_killed % 10 == 0 or n_killed == n_kills:
            resumed = run(f"kill-{max(n_killed - 1, 0) // 10}", *arguments)
            problems.append(is_same(json.loads(resumed.stdout), whole))
    check(f"/summarize/killed-{n_kills}-times-goes-on", problems)

    process = subprocess.Popen([program, *arguments[:-1], "--form", "table", path], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment("stopped"))
    time.sleep(1.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    check("/summarize/ctrl-c-stops", [None if process.returncode == 130 and out == b"" else process.returncode,
                                      None if err.count(b"\n") <= 1 else err])


def check_forms():
    story = planted.Planted("en", 5, 2, 3)
    path = save("short.html", planted.write(story, "html"))
    document = json.loads(run("forms", "extract", "--json", path).stdout)
    for form in ("prose", "bullets", "table", "qa", "timeline"):
        result = json.loads(run("forms", "summarize", "--json", "--form", form, path).stdout)
        check(f"/summarize/form/{form}", relied_on(result, document))


def check_questions():
    story = planted.Planted("en", 3, 4, 3)
    path = save("asked.pdf", planted.write(story, "pdf"))
    document = json.loads(run("ask", "extract", "--json", path).stdout)
    problems, n_right = [], 0
    for fact, question, answer, _ in story.facts[:4]:
        result = json.loads(run("ask", "ask", "--json", "--seed", "1", "--document", path, question).stdout)
        for source in result["sources"]:
            page = "".join(bare(p["text"]) for p in document["paragraphs"] if p["page"] == source["page"])
            problems.append(None if bare(source["quote"]) in page and f"[{source['n']}]" in result["answer"] else source)
        n_right += answer in result["answer"]
    print(f"# {n_right} of 4 questions answered rightly")
    check("/ask/document/sources-hold", problems)

    short = save("short.txt", b"The pier was built in 1907 by Anna Lindqvist. It cost 312,000 crowns. "
                 b"The sea froze for 41 days in the winter.")
    results = [json.loads(run("state", "ask", "--json", "--document", short, question).stdout)
               for question in ("How much did the pier cost?", "When was the pier built?")]
    check("/ask/document/what-fits-goes-in-whole", [None if result["whole_document"] else result for result in results])


def check_refusals():
    refused = [("summarize", "--length", "huge", "x.txt"), ("summarize",), ("summarize", "--form", "poem", "x.txt"),
               ("ask", "--document", "x.txt", "--template", "letter", "Why?"), ("ask", "--document", "x.txt")]
    check("/summarize/wrong-use", [None if run("wrong", *arguments).returncode == 2 else arguments
                                   for arguments in refused])
    missing = run("wrong", "summarize", os.path.join(folder.name, "missing.pdf"))
    blank = run("wrong", "ask", "--document", save("blank.txt", b"  "), "Why?")
    save("locked", b"a file where the folder should be")
    plain = save("plain.txt", b"The pier was built in 1907. It cost 312,000 crowns. Boats came from everywhere. " * 30)
    unkept = [run("locked", "summarize", plain), run("locked", "ask", "--document", plain, "When was the pier built?")]
    check("/summarize/without-a-cache-too", [
        None if done.returncode == 0 and done.stdout and b"cannot be kept" in done.stderr else done for done in unkept])
    small = run("wrong", "summarize", "--context", "128", save("one.txt", b"One sentence of a text. " * 40))
    check("/summarize/failures-are-one-line", [
        None if done.returncode == 1 and done.stderr.count(b"\n") == 1 and done.stdout == b"" and word in done.stderr
        else done for done, word in ((missing, b"missing.pdf"), (blank, b"no text"), (small, b"128"))])


check_refusals()
check_questions()
if n_kills <= 3:
    check_forms()
check_summary()
print(f"1..{number}")
sys.exit(1 if failed else 0)
