#!/usr/bin/env python3
"""What a screen reader finds in the window: every control has a name in the language of the
interface, nothing is called by the name of its class, and the answer can be read.

Runs show-window (the argument) on the display there is, once in English and once in Chinese.
Prints TAP."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

try:
    import pyatspi
except ImportError:
    print("1..0 # SKIP pyatspi is not installed (Debian: python3-pyatspi)")
    sys.exit(0)

ANSWER = ["There are three letters in it.", "You can check it.", "这个单词里有三个字母。"]
# Inner parts of GTK's and libadwaita's own widgets, which nobody can name from outside.
FOREIGN = {"GtkScrollbar", "GtkRange", "AdwGizmo", "AdwWindowTitle", "GtkPopover"}

number = 0
failed = 0


def check(promise, problems):
    global number, failed
    number += 1
    for problem in problems:
        print("#", problem)
    failed += bool(problems)
    print("not ok" if problems else "ok", number, promise, flush=True)


def is_class(name):
    return re.fullmatch(r"(Gtk|Adw|Baleen)[A-Z]\w*", name) is not None


def collect(node, found, in_toast=False):
    """Everything below `node` as (role, name, description, is focusable, is showing, is pressed).
    Of a toast only the words: libadwaita makes the rest, its nameless close button too, out of reach."""
    try:
        states = node.getState()
        in_toast = in_toast or node.name == "AdwToastWidget"
        if not (in_toast and is_class(node.name)):
            found.append((node.getRoleName(), node.name, node.description,
                          states.contains(pyatspi.STATE_FOCUSABLE),
                          states.contains(pyatspi.STATE_SHOWING),
                          states.contains(pyatspi.STATE_PRESSED)))
        children = [node.getChildAtIndex(i) for i in range(node.childCount)]
    except Exception:  # gone meanwhile
        return found
    for child in children:
        if child is not None:
            collect(child, found, in_toast)
    return found


def find_program(pid):
    for program in pyatspi.Registry.getDesktop(0):
        try:
            if program is not None and program.get_process_id() == pid:
                return program
        except Exception:
            pass
    return None


def press(*keys):
    subprocess.run(["xdotool", "key", "--delay", "20", *keys], check=True)


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.1)
    return None


def look(program, language, folder):
    """Asks a question in the window and returns what is in the tree before and after."""
    script = os.path.join(folder, "script")
    with open(script, "w", encoding="utf-8") as file:
        file.write("A thought.\n---\n" + "\n\n".join(ANSWER))
    environment = dict(os.environ, LANGUAGE=language, LC_ALL="C.UTF-8", GSK_RENDERER="cairo",
                       GDK_BACKEND="x11", GSETTINGS_BACKEND="memory", WORD_MICROSECONDS="500",
                       G_DEBUG="fatal-warnings")
    environment.pop("GTK_A11Y", None)
    # A server that has just lost its last client begins anew and may refuse the next one.
    for _ in range(5):
        process = subprocess.Popen([program, os.path.join(folder, language), script],
                                   env=environment)
        time.sleep(1)
        if process.poll() is None:
            break
    try:
        node = wait_for(lambda: find_program(process.pid))
        before = wait_for(lambda: (lambda t: len(t) > 40 and t)(collect(node, [])))
        time.sleep(0.5)
        before = collect(node, [])
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid",
                                 str(process.pid)], capture_output=True, text=True).stdout.split()
        if node is None or not window:
            print("Bail out! The window did not appear.")
            sys.exit(1)
        subprocess.run(["xdotool", "windowfocus", window[-1]], check=True)
        time.sleep(0.2)
        press("ctrl+d", "w", "h", "y", "Return")
        wait_for(lambda: any(ANSWER[-1] in n[1] for n in collect(node, [])))
        time.sleep(0.5)
        return before, collect(node, [])
    finally:
        process.kill()
        process.wait()


def named_by_class(tree):
    return [f"{role} “{name}”" for role, name, *_ in tree
            if is_class(name) and name not in FOREIGN]


def nameless(tree):
    return [f"a focusable {role} has no name" for role, name, _, focusable, *_ in tree
            if focusable and not name.strip()]


def wrong_tips(tree):
    return [f"{role} “{name}” has the tooltip “{tip}”" for role, name, tip, focusable, *_ in tree
            if role == "push button" and focusable and tip and not name.startswith(tip)
            and name in ("Send", "Stop", "Copy", "Regenerate", "Show Sidebar", "Main Menu")
            and not tip.startswith(name)]


def english(tree):
    """Words that are no name, no unit and not what was said."""
    allowed = {"Krill", "Baleen", "token", "why", "This", "computer", "GGUF", "How", "many"}
    problems = []
    for role, name, *_ in tree:
        if name in ANSWER or name in FOREIGN or role in ("application", "terminal"):
            continue
        text = re.sub(r"[^。：（]*\?", "", name)  # the examples are asked in English
        for word in re.findall(r"[A-Za-z]{3,}", text):
            if word not in allowed and not word.endswith("gguf"):
                problems.append(f"{role} “{name}”")
                break
    return problems


def in_code(tree):
    """“Error”, an errno or a C identifier."""
    pattern = r"\bErrors?\b|\berrno\b|\bE[A-Z]{4,}\b|\b[a-z]+_[a-z_]+\b|\(null\)|%[0-9$]*[sd]"
    return [f"{role} “{text}”" for role, name, tip, *_ in tree for text in (name, tip)
            if re.search(pattern, text)]


def main():
    print("1..13")
    folder = tempfile.mkdtemp(prefix="baleen-accessibility-")
    try:
        before, after = look(sys.argv[1], "en", folder)
        check("/accessibility/nothing-is-called-by-its-class", named_by_class(before + after))
        check("/accessibility/no-focusable-node-is-nameless", nameless(before + after))
        check("/accessibility/tooltips-say-what-names-say", wrong_tips(after))
        check("/accessibility/the-whole-answer-can-be-read",
              [f"“{p}” is not in the tree" for p in ANSWER if not any(p == n[1] for n in after)])
        check("/accessibility/rows-say-who-spoke-and-when",
              [w for w in ("You, ", "Answer from ")
               if not any(re.match(w + r".*\d\d:\d\d$", n[1]) for n in after)])
        check("/accessibility/what-is-measured-is-told",
              [] if any(re.search(r"Context, [\d,]+ of [\d,]+ tokens", n[1]) for n in after)
              else ["the context meter says no numbers"])
        check("/accessibility/every-tool-of-the-composer-is-there",
              [w for w in ("Message", "Attach", "Template", "Deep Thinking", "Web Search", "Send")
               if not any(n[1] == w for n in after)])
        check("/accessibility/toggles-say-whether-they-are-pressed",
              ["before Ctrl+D"] * any(n[1] == "Deep Thinking" and n[5] for n in before)
              + ["after Ctrl+D"] * (not any(n[1] == "Deep Thinking" and n[5] for n in after)))
        check("/accessibility/no-sentence-speaks-in-code", in_code(before + after))
        check("/accessibility/the-conversation-is-a-log",
              [] if any(n[0] == "log" and n[1] == "Conversation" for n in after) else ["no log"])
        before, after = look(sys.argv[1], "zh_CN", folder)
        check("/accessibility/in-chinese-no-focusable-node-is-nameless", nameless(before + after))
        check("/accessibility/in-chinese-every-word-is-chinese",
              english([n for n in before + after if n[4]]))
        check("/accessibility/in-chinese-the-table-of-words-is-kept",
              [w for w in ("发送", "深度思考", "开启新对话", "主菜单", "对话菜单", "隐藏侧边栏")
               if not any(w in n[1] for n in before + after)])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


sys.exit(main())
