/* The history's parts, for its own files only. */
#pragma once

#include "baleen-history.h"
#include "history-watch.h"

G_BEGIN_DECLS

/* A conversation in which nothing was said yet. */
typedef struct
{
  BaleenConversation *conversation; /* (owned) */
  gpointer owner;                   /* (nullable) */
} Blank;

struct _BaleenHistory
{
  GObject parent_instance;

  BaleenStore *store;        /* (owned) */
  GPtrArray *conversations;  /* (owned) those listed, sorted */
  GHashTable *hidden;        /* (owned) set of the ids that are being deleted */
  GPtrArray *blanks;         /* (owned) of Blank */
  BaleenHistoryWatch *watch; /* (owned) (nullable) once opened */
  gboolean is_opened;
  gboolean is_kept;
};

/* baleen-history.c: into its place among those listed, and out of it. */
void baleen_history_list (BaleenHistory      *self,
                          BaleenConversation *conversation);
void baleen_history_unlist (BaleenHistory      *self,
                            BaleenConversation *conversation);

G_END_DECLS
