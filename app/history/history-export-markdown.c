#include "history-export.h"

#include <glib/gi18n-lib.h>

static void
add_quoted (GString    *out,
            const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, *lines[i] != '\0' ? "> %s\n" : ">%s\n", lines[i]);
  g_string_append_c (out, '\n');
}

static void
add_sources (GString    *out,
             const char *json)
{
  g_autoptr (GPtrArray) sources = json != NULL ? baleen_sources_from_json (json) : NULL;

  if (sources == NULL || sources->len == 0)
    return;
  g_string_append_printf (out, "%s\n\n", _("Sources:"));
  for (guint i = 0; i < sources->len; i++)
    {
      BaleenSource *source = sources->pdata[i];
      g_autofree char *words = baleen_export_make_source (source);

      g_string_append_printf (out, "%d. ", baleen_source_get_number (source));
      if (baleen_source_get_url (source) != NULL)
        g_string_append_printf (out, "[%s](<%s>)\n", words, baleen_source_get_url (source));
      else
        g_string_append_printf (out, "%s\n", words);
    }
  g_string_append_c (out, '\n');
}

static void
add_message (GString                   *out,
             const BaleenMessageRecord *record,
             gboolean                   with_thoughts)
{
  g_autofree char *heading = baleen_export_make_heading (record);
  g_autofree char *ending = baleen_export_make_ending (record);

  g_string_append_printf (out, "## %s\n\n", heading);
  if (with_thoughts && record->thought != NULL && *record->thought != '\0')
    {
      g_string_append_printf (out, "> *%s*\n>\n", _("Thoughts"));
      add_quoted (out, record->thought);
    }
  if (*record->text != '\0')
    g_string_append_printf (out, "%s\n\n", record->text);
  if (ending != NULL)
    g_string_append_printf (out, "*%s*\n\n", ending);
  add_sources (out, record->sources);
}

char *
baleen_history_export_markdown (GPtrArray *items,
                                gboolean   with_thoughts)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const BaleenHistoryItem *item = items->pdata[i];
      g_autoptr (GPtrArray) path = baleen_history_item_get_path (item);
      g_autofree char *title = baleen_export_make_title (item);

      g_string_append_printf (out, "%s# %s\n\n", i > 0 ? "---\n\n" : "", title);
      for (guint j = 0; j < path->len; j++)
        add_message (out, path->pdata[j], with_thoughts);
    }
  return g_string_free (out, FALSE);
}
