#include "history-export.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

static const char *const words[] = { "markdown", "html", "json" };

gboolean
baleen_export_format_parse (const char         *word,
                            BaleenExportFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      {
        *format = i;
        return TRUE;
      }
  return FALSE;
}

char *
baleen_history_export (GPtrArray         *items,
                       BaleenExportFormat format,
                       gboolean           with_thoughts)
{
  switch (format)
    {
    case BALEEN_EXPORT_HTML:
      return baleen_history_export_html (items, with_thoughts);
    case BALEEN_EXPORT_JSON:
      return baleen_history_export_json (items, with_thoughts);
    case BALEEN_EXPORT_MARKDOWN:
    default:
      return baleen_history_export_markdown (items, with_thoughts);
    }
}

static BaleenConversationRecord *
steal_by_id (GPtrArray *records,
             gint64     id)
{
  for (guint i = 0; i < records->len; i++)
    if (((BaleenConversationRecord *) records->pdata[i])->id == id)
      return g_ptr_array_steal_index (records, i);
  return NULL;
}

static gboolean
add_item (GPtrArray                *items,
          BaleenDatabase           *database,
          BaleenConversationRecord *record,
          GError                  **error)
{
  GPtrArray *messages = baleen_database_load (database, record->id, error);

  if (messages == NULL)
    {
      baleen_conversation_record_free (record);
      return FALSE;
    }
  g_ptr_array_add (items, baleen_history_item_new (record, messages));
  return TRUE;
}

/* A conversation in which nothing was said is no conversation yet. */
static gboolean
add_all (GPtrArray      *items,
         BaleenDatabase *database,
         GPtrArray      *records,
         GError        **error)
{
  while (records->len > 0)
    {
      BaleenConversationRecord *record = g_ptr_array_steal_index (records, 0);

      if (record->head_id == 0)
        baleen_conversation_record_free (record);
      else if (!add_item (items, database, record, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
baleen_history_collect (BaleenDatabase *database,
                        GArray         *ids,
                        GError        **error)
{
  g_autoptr (GPtrArray) items
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_history_item_free);
  g_autoptr (GPtrArray) records = baleen_database_list (database, error);

  if (records == NULL)
    return NULL;
  if (ids == NULL)
    return add_all (items, database, records, error) ? g_steal_pointer (&items) : NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      const gint64 id = g_array_index (ids, gint64, i);
      BaleenConversationRecord *record = steal_by_id (records, id);

      if (record == NULL)
        {
          g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       _("There is no conversation “%s” in the history."), number);
          return NULL;
        }
      if (!add_item (items, database, record, error))
        return NULL;
    }
  return g_steal_pointer (&items);
}

/* ---- words ---------------------------------------------------------------------------- */

char *
baleen_export_make_title (const BaleenHistoryItem *item)
{
  const char *title = item->conversation->title;

  return g_strdup (title != NULL && *title != '\0' ? title : C_("conversation", "New Chat"));
}

char *
baleen_export_make_heading (const BaleenMessageRecord *record)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (record->created / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : NULL;
  const char *who = record->role == BALEEN_ROLE_USER     ? _("You")
                    : record->role == BALEEN_ROLE_SYSTEM ? _("Instructions")
                    : record->model != NULL              ? record->model
                                                         : _("Answer");

  return time != NULL ? g_strdup_printf ("%s · %s", who, time) : g_strdup (who);
}

char *
baleen_export_make_ending (const BaleenMessageRecord *record)
{
  switch (record->state)
    {
    case BALEEN_STATE_STOPPED:
      return g_strdup (_("Stopped"));
    case BALEEN_STATE_CUT:
      return g_strdup (_("Cut at its limit"));
    case BALEEN_STATE_FAILED:
      return g_strdup (record->problem != NULL ? record->problem : _("Failed"));
    case BALEEN_STATE_DONE:
      return NULL;
    default:
      return g_strdup (_("Interrupted"));
    }
}

char *
baleen_export_make_source (BaleenSource *source)
{
  const char *title = baleen_source_get_title (source);

  return baleen_source_get_page (source) > 0
             ? g_strdup_printf (_("%s, page %d"), title, baleen_source_get_page (source))
             : g_strdup (title);
}
