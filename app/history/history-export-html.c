#include "history-export.h"

#include <glib/gi18n-lib.h>

#include "markdown-parser.h"
#include "markdown-writer.h"

/* Whatever a model wrote, the page asks nobody for anything and runs nothing. */
static const char *const head
    = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>\n"
      "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;"
      "color-scheme:light dark}\n"
      "h2{font-size:.9rem;opacity:.75;margin-top:2rem}\n"
      ".said{white-space:pre-wrap;padding:.6rem .9rem;border-radius:.8rem;"
      "background:rgba(127,127,127,.15)}\n"
      "details{opacity:.75;border-left:2px solid;padding-left:1em}\n"
      "pre{overflow:auto;padding:.6rem;border-radius:.5rem;background:rgba(127,127,127,.12)}\n"
      "table{border-collapse:collapse;display:block;overflow:auto}\n"
      "td,th{border:1px solid rgba(127,127,127,.4);padding:.2rem .6rem}\n"
      "</style>\n</head>\n<body>\n";

static void
add_markdown (GString    *out,
              const char *text)
{
  g_autoptr (GPtrArray) blocks = baleen_markdown_parse_all (text);
  g_autofree char *html = baleen_blocks_to_html (blocks);

  g_string_append_printf (out, "%s\n", html);
}

static void
add_sources (GString    *out,
             const char *json)
{
  g_autoptr (GPtrArray) sources = json != NULL ? baleen_sources_from_json (json) : NULL;

  if (sources == NULL || sources->len == 0)
    return;
  g_string_append_printf (out, "<p>%s</p>\n<ol>\n", _("Sources:"));
  for (guint i = 0; i < sources->len; i++)
    {
      BaleenSource *source = sources->pdata[i];
      const char *url = baleen_source_get_url (source);
      g_autofree char *words = baleen_export_make_source (source);
      g_autofree char *item
          = url != NULL && baleen_markdown_is_link (url)
                ? g_markup_printf_escaped ("<li value=\"%d\"><a href=\"%s\">%s</a></li>\n",
                                           baleen_source_get_number (source), url, words)
                : g_markup_printf_escaped ("<li value=\"%d\">%s</li>\n",
                                           baleen_source_get_number (source), words);

      g_string_append (out, item);
    }
  g_string_append (out, "</ol>\n");
}

static void
add_message (GString                   *out,
             const BaleenMessageRecord *record,
             gboolean                   with_thoughts)
{
  g_autofree char *heading = baleen_export_make_heading (record);
  g_autofree char *ending = baleen_export_make_ending (record);
  g_autofree char *heading_html = g_markup_printf_escaped ("<h2>%s</h2>\n", heading);

  g_string_append (out, heading_html);
  if (with_thoughts && record->thought != NULL && *record->thought != '\0')
    {
      g_string_append_printf (out, "<details><summary>%s</summary>\n", _("Thoughts"));
      add_markdown (out, record->thought);
      g_string_append (out, "</details>\n");
    }
  if (record->role == BALEEN_ROLE_USER)
    {
      g_autofree char *said
          = g_markup_printf_escaped ("<div class=\"said\">%s</div>\n", record->text);

      g_string_append (out, said);
    }
  else
    {
      add_markdown (out, record->text);
    }
  if (ending != NULL)
    {
      g_autofree char *words = g_markup_printf_escaped ("<p><em>%s</em></p>\n", ending);

      g_string_append (out, words);
    }
  add_sources (out, record->sources);
}

char *
baleen_history_export_html (GPtrArray *items,
                            gboolean   with_thoughts)
{
  GString *out = g_string_new (NULL);
  g_autofree char *first
      = items->len > 0 ? baleen_export_make_title (items->pdata[0]) : g_strdup ("");
  g_autofree char *page_title = g_markup_escape_text (items->len == 1 ? first : "Baleen", -1);

  g_string_append_printf (out, head, page_title);
  for (guint i = 0; i < items->len; i++)
    {
      const BaleenHistoryItem *item = items->pdata[i];
      g_autoptr (GPtrArray) path = baleen_history_item_get_path (item);
      g_autofree char *title = baleen_export_make_title (item);
      g_autofree char *heading = g_markup_printf_escaped ("<h1>%s</h1>\n", title);

      g_string_append (out, heading);
      for (guint j = 0; j < path->len; j++)
        add_message (out, path->pdata[j], with_thoughts);
    }
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
