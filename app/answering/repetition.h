/* Notices a model that goes round in circles: the same few lines, over and over. Lists, tables
 * and code repeat a line now and then; nobody means the same eight lines four times running. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BALEEN_REPEATED_LINES 32

typedef struct _BaleenRepetition BaleenRepetition;

BaleenRepetition *baleen_repetition_new (void);
void baleen_repetition_free (BaleenRepetition *repetition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenRepetition, baleen_repetition_free)

/* Takes `length` more bytes, cut anywhere. TRUE once the last lines, BALEEN_REPEATED_LINES of
 * them that are not blank, are one group of at most 8 lines again and again. */
gboolean baleen_repetition_push (BaleenRepetition *repetition,
                                 const char       *text,
                                 gsize             length);

G_END_DECLS
