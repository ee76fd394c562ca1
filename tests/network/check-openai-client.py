"""The official openai client against `baleen serve`: listing, whole, streamed, thoughts, eight at
once, and tokens a second at one, four and eight clients. Needs `pip install openai`.

    check-openai-client.py build/app/baleen
"""

import json
import subprocess
import sys
import threading
import time

try:
    import openai
except ImportError:
    print("1..0 # SKIP the Python package openai is not installed")
    sys.exit(0)

N_TESTS = 5
failures = 0


def tell(number, is_good, name):
    global failures
    failures += not is_good
    print(("ok" if is_good else "not ok"), number, "/openai-client/" + name, flush=True)


def ask(client, text, **more):
    return client.chat.completions.create(
        model="any", messages=[{"role": "user", "content": text}], temperature=0, **more)


def stream(client):
    thought, text, usage = "", "", None
    for chunk in ask(client, "Which is larger, 9.9 or 9.11?", stream=True,
                     stream_options={"include_usage": True},
                     extra_body={"chat_template_kwargs": {"enable_thinking": True}}):
        usage = chunk.usage or usage
        for choice in chunk.choices:
            thought += getattr(choice.delta, "reasoning_content", None) or ""
            text += choice.delta.content or ""
    return thought, text, usage


def measure(client, n_clients):
    counts = []

    def run(number):
        answer = ask(client, f"Tell me story number {number}.", max_tokens=100)
        counts.append(answer.usage.completion_tokens)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(n_clients)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"# {n_clients} clients: {sum(counts) / (time.monotonic() - start):.1f} tokens/s")
    return len(counts)


def main():
    program = subprocess.Popen(
        [sys.argv[1], "serve", "--port", "0", "--json", "--clients", "8", "--device", "cpu"],
        stdout=subprocess.PIPE, text=True)
    try:
        where = json.loads("".join(iter(program.stdout.readline, "}\n")) + "}")
        client = openai.OpenAI(base_url=where["address"], api_key=where["key"], max_retries=0)
        print(f"1..{N_TESTS}")
        tell(1, len(client.models.list().data) == 1, "models-are-listed")
        whole = ask(client, "What is the capital of Italy?", max_tokens=40)
        tell(2, "Rome" in whole.choices[0].message.content
             and whole.choices[0].finish_reason == "stop", "whole")
        thought, text, usage = stream(client)
        tell(3, thought and "9.9" in text and usage.completion_tokens > 5, "streamed-with-thoughts")
        tell(4, [measure(client, n) for n in (1, 4, 8)] == [1, 4, 8], "eight-at-once")
        try:
            openai.OpenAI(base_url=where["address"], api_key="no", max_retries=0).models.list()
            tell(5, False, "wrong-key")
        except openai.AuthenticationError as error:
            tell(5, "key is missing or wrong" in str(error), "wrong-key")
    finally:
        program.terminate()
        program.wait()
    sys.exit(failures > 0)


main()
