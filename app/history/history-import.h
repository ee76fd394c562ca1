/* Conversations from a file: our own JSON, and what ChatGPT and DeepSeek let their users download
 * (conversations.json). The file is hostile until it is read. */
#pragma once

#include "baleen-database.h"
#include "history-item.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *items;    /* (owned) of BaleenHistoryItem */
  GPtrArray *left_out; /* (owned) of char: a sentence for each that could not be read */
} BaleenHistoryImport;

void baleen_history_import_free (BaleenHistoryImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenHistoryImport, baleen_history_import_free)

/* The error is a whole sentence that names the file: it is too large, no JSON, nested too deeply,
 * or holds no conversation. Any thread. */
BaleenHistoryImport *baleen_history_import_load (const char *path,
                                                 GError    **error);
/* The same from memory; `name` stands in sentences. */
BaleenHistoryImport *baleen_history_import_read (const char *name,
                                                 const char *bytes,
                                                 gsize       length,
                                                 GError    **error);

/* What became of it in a history. */
typedef struct
{
  GPtrArray *taken; /* (owned) of BaleenConversationRecord: new, or with something new in them */
  guint n_present;  /* that were there already, whole */
} BaleenHistoryIntake;

void baleen_history_intake_free (BaleenHistoryIntake *intake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenHistoryIntake, baleen_history_intake_free)

/* Puts everything into the history, or nothing. What is there is never changed: a conversation
 * that is there already only gains the messages it lacks. On the thread that owns the database. */
BaleenHistoryIntake *baleen_history_import_store (BaleenHistoryImport *import,
                                                  BaleenDatabase      *database,
                                                  GError             **error);

G_END_DECLS
