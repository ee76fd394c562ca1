/* Conversations as files that others can read. */
#pragma once

#include "baleen-database.h"
#include "history-item.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_EXPORT_MARKDOWN, /* the branch last seen, to be read */
  BALEEN_EXPORT_HTML,     /* the same; one file that loads nothing */
  BALEEN_EXPORT_JSON,     /* all there is; baleen_history_import_read() reads it */
} BaleenExportFormat;

/* "markdown", "html", "json"; FALSE for another word. */
gboolean baleen_export_format_parse (const char         *word,
                                     BaleenExportFormat *format);

/* All of `items`, an array of BaleenHistoryItem, in one text. Any thread. */
char *baleen_history_export (GPtrArray         *items,
                             BaleenExportFormat format,
                             gboolean           with_thoughts);

/* What `ids` (an array of gint64; NULL for all, the last used first) are in the history. One
 * that is not there is an error. On the thread that owns the database. */
GPtrArray *baleen_history_collect (BaleenDatabase *database,
                                   GArray         *ids,
                                   GError        **error);

/* One of the formats each; history-export.c calls them. */
char *baleen_history_export_markdown (GPtrArray *items,
                                      gboolean   with_thoughts);
char *baleen_history_export_html (GPtrArray *items,
                                  gboolean   with_thoughts);
char *baleen_history_export_json (GPtrArray *items,
                                  gboolean   with_thoughts);

/* Words that the two readable formats share. */
char *baleen_export_make_title (const BaleenHistoryItem *item);
char *baleen_export_make_heading (const BaleenMessageRecord *record);
/* How it ended, if not by itself; NULL otherwise. */
char *baleen_export_make_ending (const BaleenMessageRecord *record);
/* A line a source, without its number. */
char *baleen_export_make_source (BaleenSource *source);

G_END_DECLS
