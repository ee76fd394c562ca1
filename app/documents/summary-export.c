#include "summary.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
dup_title (const char *title)
{
  return g_strdup (title != NULL && *title != '\0' ? title : _("Summary"));
}

static char *
describe_claim (const BaleenClaim *claim)
{
  char *text = claim->is_verified ? g_strdup (claim->text)
                                  : g_strdup_printf ("%s (%s)", claim->text, _("unverified"));

  return g_strdelimit (text, "\t\n", ' ');
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

/* A claim for each item with its notes; the notes follow in their order. */
char *
baleen_summary_to_markdown (const BaleenSummary *summary,
                            const char          *title)
{
  g_autofree char *heading = dup_title (title);
  g_autofree char *coverage = baleen_summary_describe_coverage (summary);
  g_autoptr (GString) notes = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  guint n = 0;

  g_string_append_printf (text, "# %s\n\n", heading);
  for (guint i = 0; i < summary->claims->len; i++)
    {
      const BaleenClaim *claim = g_ptr_array_index (summary->claims, i);
      g_autofree char *line = describe_claim (claim);

      g_string_append_printf (text, "- %s", line);
      for (guint j = 0; j < claim->sentences->len; j++)
        {
          g_autofree char *quote
              = describe_quote (summary, g_array_index (claim->sentences, guint, j));

          g_string_append_printf (text, "[^%u]", ++n);
          g_string_append_printf (notes, "[^%u]: %s\n", n, quote);
        }
      g_string_append_c (text, '\n');
    }
  g_string_append_printf (text, "\n%s\n\n%s", coverage, notes->str);

  return g_string_free (text, FALSE);
}

char *
baleen_summary_to_html (const BaleenSummary *summary,
                        const char          *title)
{
  g_autofree char *plain_heading = dup_title (title);
  g_autofree char *heading = g_markup_escape_text (plain_heading, -1);
  g_autofree char *coverage = baleen_summary_describe_coverage (summary);
  g_autoptr (GString) notes = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  guint n = 0;

  g_string_append_printf (text,
                          "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>%s</title>\n"
                          "<h1>%s</h1>\n<ul>\n",
                          heading, heading);
  for (guint i = 0; i < summary->claims->len; i++)
    {
      const BaleenClaim *claim = g_ptr_array_index (summary->claims, i);
      g_autofree char *plain = describe_claim (claim);
      g_autofree char *line = g_markup_escape_text (plain, -1);

      g_string_append_printf (text, "<li>%s", line);
      for (guint j = 0; j < claim->sentences->len; j++)
        {
          g_autofree char *plain_quote
              = describe_quote (summary, g_array_index (claim->sentences, guint, j));
          g_autofree char *quote = g_markup_escape_text (plain_quote, -1);

          n++;
          g_string_append_printf (text, "<sup><a href=\"#place-%u\">%u</a></sup>", n, n);
          g_string_append_printf (notes, "<li id=\"place-%u\">%s</li>\n", n, quote);
        }
      g_string_append (text, "</li>\n");
    }
  g_string_append_printf (text, "</ul>\n<p>%s</p>\n<ol>\n%s</ol>\n", coverage, notes->str);

  return g_string_free (text, FALSE);
}
