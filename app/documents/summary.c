#include "summary.h"

#include "summary-words.h"

#include <glib/gi18n-lib.h>

static const char *const lengths[] = { "short", "normal", "detailed" };
static const char *const forms[] = { "prose", "bullets", "table", "qa", "timeline" };
static const char *const statuses[] = { "waiting", "read", "failed", "skipped" };

gboolean
baleen_summary_length_parse (const char          *word,
                             BaleenSummaryLength *length)
{
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (g_str_equal (lengths[i], word))
      {
        *length = i;
        return TRUE;
      }

  return FALSE;
}

gboolean
baleen_summary_form_parse (const char        *word,
                           BaleenSummaryForm *form)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i], word))
      {
        *form = i;
        return TRUE;
      }

  return FALSE;
}

const char *
baleen_coverage_status_to_string (BaleenCoverageStatus status)
{
  return statuses[status];
}

BaleenSummaryNode *
baleen_summary_node_new (void)
{
  BaleenSummaryNode *node = g_new0 (BaleenSummaryNode, 1);

  node->claims = baleen_claims_new ();
  node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_summary_node_free);
  return node;
}

void
baleen_summary_node_free (BaleenSummaryNode *node)
{
  g_free (node->title);
  g_ptr_array_unref (node->claims);
  g_ptr_array_unref (node->children);
  g_free (node);
}

void
baleen_summary_free (BaleenSummary *summary)
{
  g_clear_pointer (&summary->sentences, baleen_sentences_free);
  g_clear_pointer (&summary->root, baleen_summary_node_free);
  g_clear_pointer (&summary->claims, g_ptr_array_unref);
  g_clear_pointer (&summary->segments, g_array_unref);
  g_clear_pointer (&summary->coverage, g_array_unref);
  g_clear_pointer (&summary->calls, g_array_unref);
  g_free (summary->text);
  g_free (summary->cited_text);
  g_free (summary->noted_text);
  g_clear_error (&summary->problem);
  g_free (summary);
}

char *
baleen_summary_describe_coverage (const BaleenSummary *summary)
{
  return baleen_coverage_words (summary->coverage, summary->sentences->n_pages);
}

char *
baleen_summary_describe_places (const BaleenSummary *summary,
                                const BaleenClaim   *claim)
{
  g_autoptr (GString) pages = g_string_new (NULL);
  guint last = 0, n = 0;

  for (guint i = 0; i < claim->sentences->len; i++)
    {
      guint page = baleen_sentences_get (summary->sentences,
                                         g_array_index (claim->sentences, guint, i))
                       ->page;

      if (page == last)
        continue;
      last = page;
      g_string_append_printf (pages, n++ > 0 ? ", %u" : "%u", page);
    }
  if (n == 0)
    return g_strdup ("");

  /* Translators: pages of a claim, “p. 12” or “pp. 12, 14”. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "p. %s", "pp. %s", n), pages->str);
}

GArray *
baleen_summary_number_places (const BaleenSummary *summary)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < summary->claims->len; i++)
    {
      const BaleenClaim *claim = summary->claims->pdata[i];

      for (guint k = 0; k < claim->sentences->len; k++)
        if (g_hash_table_add (seen,
                              GUINT_TO_POINTER (g_array_index (claim->sentences, guint, k))))
          g_array_append_vals (places, &g_array_index (claim->sentences, guint, k), 1);
    }
  return places;
}
