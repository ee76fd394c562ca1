"""`baleen ask` against a server of someone else's making: llama.cpp's, from the Python package
xllamacpp, with the built-in model and a key. Whole answers, thoughts, JSON, several at once, a wrong
key, a prompt too long, cancelling, a server that is gone. Needs `pip install xllamacpp`; run by hand:

    check-real-server.py build/app/baleen data/models/krill.gguf
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

KEY = "a key of this test"
N_TESTS = 8
failures = 0

SERVER = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.api_keys = [sys.argv[2]]
params.port = 0
params.hostnames = ["127.0.0.1"] if hasattr(params, "hostnames") else None
params.n_ctx = 4096
params.n_parallel = 4
params.warmup = False
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def tell(number, is_good, name, detail=""):
    global failures
    failures += not is_good
    if not is_good and detail:
        print("#", detail.strip().replace("\n", "\n# "))
    print(("ok" if is_good else "not ok"), number, "/real-server/" + name, flush=True)


class Asker:
    def __init__(self, program, folder, address):
        self.program = program
        self.environment = dict(os.environ, XDG_DATA_HOME=folder, XDG_CACHE_HOME=folder,
                                XDG_CONFIG_HOME=folder, LANGUAGE="en",
                                BALEEN_ENDPOINT_KEY=KEY)
        added = subprocess.run(
            [program, "models", "add", "llama", "--url", address + "/v1", "--server-model", "krill"],
            input="\n", capture_output=True, text=True, env=self.environment, timeout=60)
        if added.returncode != 0:
            sys.exit(added.stderr)

    def command(self, *arguments):
        return [self.program, "ask", "--model", "endpoint:llama", "--temperature", "0", *arguments]

    def ask(self, *arguments, key=KEY):
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=240,
                              stdin=subprocess.DEVNULL,
                              env=dict(self.environment, BALEEN_ENDPOINT_KEY=key))


def start_server(model):
    server = subprocess.Popen([sys.executable, "-c", SERVER, model, KEY], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in server.stdout:
        if line.startswith("http"):
            threading.Thread(target=server.stdout.read, daemon=True).start()
            return server, line.strip()
    sys.exit("The server did not start.")


def ask_at_once(asker, n):
    results = [None] * n

    def run(i):
        results[i] = asker.ask("--no-think", "--max-tokens", "20", f"Say the number {i}.")

    threads = [threading.Thread(target=run, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def cancel(asker):
    """Interrupted after the first words: what was written stays, and the status says so."""
    child = subprocess.Popen(asker.command("--no-think", "--max-tokens", "2000",
                                           "Count from one to one thousand in words."),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             stdin=subprocess.DEVNULL, env=asker.environment)
    first = child.stdout.read(1)
    start = time.monotonic()
    child.send_signal(signal.SIGINT)
    rest, err = child.communicate(timeout=60)
    return first, rest, err, child.returncode, time.monotonic() - start


def check(asker, server):
    capital = asker.ask("--no-think", "What is the capital of Italy?")
    tell(1, capital.returncode == 0 and "Rome" in capital.stdout, "answers",
         capital.stdout + capital.stderr)
    thought = asker.ask("--think", "--json", "Which is larger, 9.9 or 9.11?")
    answer = json.loads(thought.stdout) if thought.returncode == 0 else {}
    tell(2, len(answer.get("thinking", "")) > 0 and len(answer.get("answer", "")) > 0
         and "<think>" not in answer["answer"] and not answer["answer"].startswith("\n") and answer.get("stop") == "end",
         "thoughts-are-apart", thought.stdout + thought.stderr)
    tell(3, answer.get("answer_tokens", 0) > 0 and answer.get("prompt_tokens", 0) > 0
         and answer.get("model") == "krill", "usage-is-the-servers", str(answer))
    wrong = asker.ask("Hello", key="another key")
    tell(4, wrong.returncode == 1 and "refused the key" in wrong.stderr and KEY not in wrong.stderr
         and wrong.stderr.count("\n") == 1, "wrong-key-is-said", wrong.stderr)
    long = asker.ask("word " * 6000)
    tell(5, long.returncode == 1 and long.stderr.count("\n") == 1 and len(long.stderr) > 20,
         "too-long-is-said", long.stderr[-300:])
    print("#", long.stderr.strip()[:300])
    first, rest, err, status, seconds = cancel(asker)
    again = asker.ask("--no-think", "What is the capital of Italy?")
    tell(6, first != "" and status == 130 and seconds < 3 and "Rome" in again.stdout,
         "cancelled-at-once", f"{status} after {seconds:.1f} s: {first}{rest} {err} {again.stderr}")
    several = ask_at_once(asker, 8)
    tell(7, all(one.returncode == 0 and one.stdout.strip() for one in several), "eight-at-once",
         "\n".join(one.stderr for one in several))
    server.terminate()
    server.wait()
    gone = asker.ask("Hello")
    tell(8, gone.returncode == 1 and gone.stderr.count("\n") == 1 and "127.0.0.1" in gone.stderr,
         "gone-is-said", gone.stderr)


def main():
    try:
        import xllamacpp
    except ImportError:
        print("1..0 # SKIP the Python package xllamacpp is not installed")
        return 0
    program, model = sys.argv[1:3]
    server, address = start_server(model)
    print(f"1..{N_TESTS}")
    print("# xllamacpp", getattr(xllamacpp, "__version__", ""), "at", address)
    with tempfile.TemporaryDirectory() as folder:
        try:
            check(Asker(os.path.abspath(program), folder, address), server)
        finally:
            server.kill()
            server.wait()
    return failures > 0


sys.exit(main())
