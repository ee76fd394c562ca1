#!/usr/bin/env python3
"""Nothing that Vulkan's validation layer could object to: check-validation.py VARIANT PROGRAM
[TEST…] runs tests of a program under validation and synchronization validation, all of them
where none is named, and prints TAP.

A hazard between two dispatches means that a barrier is missing, or, if they touch different
bytes of one buffer, bln_vk_commands_beside()."""

import os
import re
import subprocess
import sys
import tempfile
import time

SETTINGS = """khronos_validation.enables = VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT
khronos_validation.report_flags = error,warn
khronos_validation.debug_action = VK_DBG_LAYER_ACTION_LOG_MSG
khronos_validation.log_filename = stdout
"""
LAYER = "VK_LAYER_KHRONOS_validation"
MESSAGE = re.compile(r"^.*(?:Validation Error|Validation Warning|SYNC-HAZARD).*$", re.MULTILINE)


def list_groups(program, variant):
    """All tests, by the first two parts of their names: -p takes a folder without what is below."""
    environment = dict(os.environ)
    if variant != "own":
        environment["BLN_VK_VARIANT"] = variant
    names = subprocess.run([program, "-l"], env=environment, capture_output=True, text=True,
                           check=True).stdout.splitlines()
    groups = {}
    for name in filter(lambda line: line.startswith("/"), names):
        groups.setdefault("/".join(name.split("/")[:3]), []).append(name)
    return groups


def run(variant, program, names, folder):
    environment = dict(os.environ, VK_INSTANCE_LAYERS=LAYER, VK_LAYER_SETTINGS_PATH=folder,
                       VK_LOADER_DEBUG="layer", BLN_VK_WHOLE_BINDINGS="1")
    if variant != "own":
        environment["BLN_VK_VARIANT"] = variant
    return subprocess.run([program] + [word for name in names for word in ("-p", name)],
                          env=environment, capture_output=True, text=True, errors="replace",
                          timeout=900)


def main():
    variant, program = sys.argv[1], sys.argv[2]
    groups = {path: [path] for path in sys.argv[3:]} or list_groups(program, variant)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "vk_layer_settings.txt"), "w") as settings:
            settings.write(SETTINGS)
        for number, (path, names) in enumerate(groups.items(), 1):
            started = time.monotonic()
            result = run(variant, program, names, folder)
            if f'Insert instance layer "{LAYER}"' not in result.stderr:
                print("1..0 # SKIP no Vulkan, or the package vulkan-validationlayers is missing")
                return 0
            messages = MESSAGE.findall(result.stdout)
            for message in messages[:5]:
                print("#", message[:600])
            n_done = len(re.findall(r"^ok ", result.stdout, re.MULTILINE))
            n_skipped = len(re.findall(r"^ok .*# SKIP", result.stdout, re.MULTILINE))
            if n_done > 0 and n_done == n_skipped:
                print("1..0 # SKIP this machine has no Vulkan device")
                return 0
            print(f"# {path}: {n_done} of {len(names)} tests, {len(messages)} messages, "
                  f"status {result.returncode}, {time.monotonic() - started:.0f} s")
            is_good = not messages and result.returncode == 0 and n_done == len(names)
            print("ok" if is_good else "not ok", number, f"/vulkan-validation/{variant}{path}",
                  flush=True)
    print(f"1..{len(groups)}")
    return 0


sys.exit(main())
