#include "summary.h"

#include "markdown-parser.h"
#include "markdown-writer.h"

#include <glib/gi18n-lib.h>

/* Readable in a browser, light and dark, and on paper. */
#define STYLE \
  "body{max-width:44em;margin:2em auto;padding:0 1em;font-family:sans-serif;line-height:1.5}" \
  "table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .6em;text-align:left}" \
  "sup a{text-decoration:none}:target{outline:2px solid}" \
  ":root{color-scheme:light dark}"

static char *
dup_title (const char *title)
{
  return g_strdup (title != NULL && *title != '\0' ? title : _("Summary"));
}

static char *
describe_quote (const BaleenSummary *summary,
                guint                sentence)
{
  g_autofree char *quote = baleen_sentences_dup_text (summary->sentences, sentence);

  g_strdelimit (quote, "\t\n", ' ');
  /* Translators: page and words of a place in a document. */
  return g_strdup_printf (_("p. %u: “%s”"),
                          baleen_sentences_get (summary->sentences, sentence)->page, quote);
}

char *
baleen_summary_to_markdown (const BaleenSummary *summary,
                            const char          *title)
{
  g_autofree char *heading = dup_title (title);
  g_autofree char *coverage = baleen_summary_describe_coverage (summary);
  g_autoptr (GArray) places = baleen_summary_number_places (summary);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "# %s\n\n%s\n%s\n\n", heading, summary->noted_text, coverage);
  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *quote = describe_quote (summary, g_array_index (places, guint, i));

      g_string_append_printf (text, "[^%u]: %s\n", i + 1, quote);
    }
  return g_string_free (text, FALSE);
}

/* The text in its form, with every [^n] as a link to the place. */
static char *
make_body (const BaleenSummary *summary)
{
  g_autoptr (GPtrArray) blocks = baleen_markdown_parse_all (summary->noted_text);
  g_autofree char *html = baleen_blocks_to_html (blocks);
  g_autoptr (GRegex) mark = g_regex_new ("\\[\\^([0-9]+)\\]", G_REGEX_OPTIMIZE, 0, NULL);

  return g_regex_replace (mark, html, -1, 0, "<sup><a href=\"#place-\\1\">\\1</a></sup>", 0, NULL);
}

char *
baleen_summary_to_html (const BaleenSummary *summary,
                        const char          *title)
{
  g_autofree char *plain_heading = dup_title (title);
  g_autofree char *heading = g_markup_escape_text (plain_heading, -1);
  g_autofree char *coverage = baleen_summary_describe_coverage (summary);
  g_autofree char *body = make_body (summary);
  g_autoptr (GArray) places = baleen_summary_number_places (summary);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n"
                          "<title>%s</title>\n<style>%s</style>\n<h1>%s</h1>\n%s\n"
                          "<p>%s</p>\n<ol>\n",
                          heading, STYLE, heading, body, coverage);
  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *plain = describe_quote (summary, g_array_index (places, guint, i));
      g_autofree char *quote = g_markup_escape_text (plain, -1);

      g_string_append_printf (text, "<li id=\"place-%u\">%s</li>\n", i + 1, quote);
    }
  g_string_append (text, "</ol>\n");

  return g_string_free (text, FALSE);
}
