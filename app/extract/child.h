/* The process that reads a document: the program itself, started again with this word first.
 * The document is its standard input, a regular file; its answer goes to standard output. */
#pragma once

#include "baleen-document.h"

G_BEGIN_DECLS

#define BALEEN_EXTRACT_WORD "--extract-child"

/* Written once the process is locked up; what comes before it is not ours. */
#define BALEEN_EXTRACT_HELLO "BALEEN1\n"
/* Then one variant in the machine's byte order, to the end: an error code and nothing, or 0
 * and a document. */
#define BALEEN_EXTRACT_VARIANT "(um" BALEEN_DOCUMENT_VARIANT ")"

/* The most bytes that an answer may have. */
#define BALEEN_EXTRACT_MOST (96u << 20)
#define BALEEN_EXTRACT_SECONDS 30

/* `argv`: the program, the word, the extension of the file's name. Returns the exit status. */
int baleen_extract_child (int    argc,
                          char **argv);

G_END_DECLS
