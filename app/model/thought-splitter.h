/* Tells thoughts from answer while a model writes.
 *
 * What a thinking model writes is `<think>…</think>answer`, but the opener may already stand
 * in the prompt, the closer may be missing, and tags come cut into several tokens. The
 * splitter takes text as it comes and keeps two strings, of which all but the last few bytes
 * that may yet become a tag are final; the one exception is a closer that nobody opened,
 * which turns everything before it into thought. Pure text work: no I/O, any one thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the prompt left things. */
typedef enum
{
  BALEEN_THOUGHT_START_OUTSIDE, /* what comes is the answer */
  BALEEN_THOUGHT_START_INSIDE,  /* the prompt ends inside <think> */
  BALEEN_THOUGHT_START_MAYBE,   /* thought, if the first thing written is <think> */
  BALEEN_THOUGHT_START_MIDDLE,  /* inside, and some of the thought was written before */
} BaleenThoughtStart;

typedef struct _BaleenThoughtSplitter BaleenThoughtSplitter;

BaleenThoughtSplitter *baleen_thought_splitter_new (BaleenThoughtStart start);
void baleen_thought_splitter_free (BaleenThoughtSplitter *splitter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenThoughtSplitter, baleen_thought_splitter_free)

/* Takes `length` more bytes (-1: NUL-terminated), cut anywhere. Returns TRUE when a closer
 * without opener was met: what get_answer() said until now has moved to get_thought(). */
gboolean baleen_thought_splitter_push (BaleenThoughtSplitter *splitter,
                                       const char            *text,
                                       gssize                 length);

/* Ends the text: what was held back, because it could have become a tag, is what it is.
 * A thought that was never closed stays a thought. */
void baleen_thought_splitter_finish (BaleenThoughtSplitter *splitter);

/* All of it so far, owned by the splitter until its next change; never NULL. One newline
 * after the opener and those after the closer are not part of either. */
const GString *baleen_thought_splitter_get_thought (BaleenThoughtSplitter *splitter);
const GString *baleen_thought_splitter_get_answer (BaleenThoughtSplitter *splitter);

/* Whether what comes next would be thought. */
gboolean baleen_thought_splitter_is_thinking (BaleenThoughtSplitter *splitter);

G_END_DECLS
