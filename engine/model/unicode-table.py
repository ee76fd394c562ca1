#!/usr/bin/env python3
"""Writes unicode-table.c: python3 unicode-table.py > unicode-table.c

General categories come from Python's unicodedata (its version is written into the file).
White_Space is the property's own list in PropList.txt, which has not changed since Unicode
6.3. Script=Han is what names tell: ideographs, radicals and the few marks and numerals beside.
"""
import sys
import unicodedata

FLAGS = {"Lu": 1 << 0, "Ll": 1 << 1, "Lt": 1 << 2, "Lm": 1 << 3, "Lo": 1 << 4,
         "M": 1 << 5, "N": 1 << 6, "P": 1 << 7, "S": 1 << 8}
WHITE_SPACE, HAN = 1 << 9, 1 << 10
SPACES = {*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
          0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
HAN_NAMES = ("CJK UNIFIED IDEOGRAPH-", "CJK COMPATIBILITY IDEOGRAPH-", "CJK RADICAL ",
             "KANGXI RADICAL ")
HAN_OTHERS = {0x3005, 0x3007, *range(0x3021, 0x302A), *range(0x3038, 0x303C),
              0x16FE2, 0x16FE3, 0x16FF0, 0x16FF1}


def flags_of(code):
    char = chr(code)
    category = unicodedata.category(char)
    flags = FLAGS.get(category, FLAGS.get(category[0], 0))
    if code in SPACES:
        flags |= WHITE_SPACE
    if code in HAN_OTHERS or unicodedata.name(char, "").startswith(HAN_NAMES):
        flags |= HAN
    return flags


def write_table(declaration, values, form, per_line):
    print(f"{declaration} = {{")
    for i in range(0, len(values), per_line):
        print("  " + " ".join(form % value for value in values[i:i + per_line]))
    print("};")


def main():
    runs, last = [], None
    for code in range(sys.maxunicode + 1):
        flags = flags_of(code)
        if flags != last:
            runs.append(code << 11 | flags)
            last = flags
    print("/* Written by unicode-table.py from Unicode %s; change that, not this. */"
          % unicodedata.unidata_version)
    print('#include "unicode-table.h"\n')
    write_table("const guint16 bln_unicode_ascii[128]", [flags_of(c) for c in range(128)],
                "0x%03x,", 14)
    print()
    write_table("const guint32 bln_unicode_runs[]", runs, "0x%08x,", 8)
    print("\nconst guint bln_unicode_n_runs = G_N_ELEMENTS (bln_unicode_runs);")


main()
