/* Messages of other programs' exports: a tree by names that may have gaps, doubles and circles,
 * made into records that the history takes. */
#pragma once

#include "baleen-record.h"

G_BEGIN_DECLS

typedef struct
{
  char *key;    /* (owned) (nullable) */
  char *parent; /* (owned) (nullable) the key of another */
  BaleenMessageRecord *record; /* (owned) (nullable): only passes on what it hangs on */
  char *thought; /* (owned) (nullable) of one without record: for the next answer below */
} BaleenLooseMessage;

BaleenLooseMessage *baleen_loose_message_new (const char *key,
                                              const char *parent);
void baleen_loose_message_free (BaleenLooseMessage *message);

/* Takes the records out of `messages`, an array of BaleenLooseMessage, and gives each an id: its
 * own if that is a past time, else the time it was made; always above its parent's and below
 * now. `created` stands in where a time is missing. A circle is opened at its first message.
 * With `is_joined` an answer that goes on below another answer becomes part of it. Returns
 * BaleenMessageRecords, ids ascending, and the id of `head` (nullable), or of the last one. */
GPtrArray *baleen_loose_tree_settle (GPtrArray  *messages,
                                     const char *head,
                                     gboolean    is_joined,
                                     gint64      created,
                                     gint64     *head_id);

G_END_DECLS
