#include "summarizer-private.h"

#include "sentence-splitter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A text on its way. */
typedef struct
{
  const BaleenSummary *summary;
  BaleenSummaryMark mark;
  GString *text;  /* (owned) */
  GArray *places; /* (owned) as baleen_summary_number_places() has them */
} Rendering;

/* “ [2][3]” or “[^2][^3]”. */
static char *
cite (const Rendering   *self,
      const BaleenClaim *claim)
{
  GString *marks = g_string_new (NULL);

  if (!claim->is_verified)
    g_string_append_printf (marks, " (%s)", _("unverified"));
  if (self->mark == BALEEN_MARK_NUMBERS && claim->sentences->len > 0)
    g_string_append_c (marks, ' ');
  for (guint i = 0; i < claim->sentences->len; i++)
    for (guint k = 0; k < self->places->len; k++)
      if (g_array_index (self->places, guint, k) == g_array_index (claim->sentences, guint, i))
        g_string_append_printf (marks, self->mark == BALEEN_MARK_NUMBERS ? "[%u]" : "[^%u]",
                                k + 1);
  return g_string_free (marks, FALSE);
}

/* “p. 3”, “p. 3, unverified”, “unverified” or "". */
static char *
describe (const BaleenSummary *summary,
          const BaleenClaim   *claim)
{
  g_autofree char *places = summary->sentences->n_pages > 1
                                ? baleen_summary_describe_places (summary, claim)
                                : g_strdup ("");

  if (claim->is_verified)
    return g_steal_pointer (&places);
  /* Translators: of a claim that could not be checked. */
  return *places != '\0' ? g_strdup_printf ("%s, %s", places, _("unverified"))
                         : g_strdup (_("unverified"));
}

static gboolean
ends_wide (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return last != NULL && baleen_is_wide_letter (g_utf8_get_char (last));
}

/* The claim with its places, before the mark that ends it. */
static void
append_claim (const Rendering   *self,
              const BaleenClaim *claim,
              gboolean           is_sentence)
{
  g_autofree char *places
      = self->mark == BALEEN_MARK_PAGES ? describe (self->summary, claim) : cite (self, claim);
  g_autofree char *plain = g_strdup (claim->text);
  gboolean is_wide;

  g_strdelimit (plain, "\t\n", ' ');
  is_wide = ends_wide (plain);
  if (g_str_has_suffix (plain, "."))
    plain[strlen (plain) - 1] = '\0';
  else if (g_str_has_suffix (plain, "。"))
    plain[strlen (plain) - strlen ("。")] = '\0';
  g_string_append (self->text, plain);
  if (self->mark != BALEEN_MARK_PAGES)
    g_string_append (self->text, places);
  else if (*places != '\0')
    g_string_append_printf (self->text, is_wide ? "（%s）" : " (%s)", places);
  if (is_sentence)
    g_string_append (self->text, is_wide ? "。" : ".");
}

static char *
get_section_title (const BaleenSummary *summary,
                   guint                section)
{
  const BaleenSummaryNode *node = summary->root->children->pdata[section];

  if (node->title != NULL)
    return g_strdup (node->title);
  if (summary->sentences->n_pages == 1)
    return g_strdup_printf (_("Part %u"), section + 1);
  if (node->first_page == node->last_page)
    return g_strdup_printf (_("Page %u"), node->first_page);
  return g_strdup_printf (_("Pages %u–%u"), node->first_page, node->last_page);
}

static gboolean
begins_section (const BaleenSummary *summary,
                guint                index)
{
  return index == 0
         || baleen_summary_find_section (summary, summary->claims->pdata[index])
                != baleen_summary_find_section (summary, summary->claims->pdata[index - 1]);
}

/* Headings help where there is much to say. */
static void
append_heading (const Rendering *self,
                guint            index)
{
  const BaleenSummary *summary = self->summary;
  g_autofree char *title = NULL;

  if (summary->length != BALEEN_SUMMARY_DETAILED || summary->root->children->len < 2
      || !begins_section (summary, index))
    return;
  title = get_section_title (
      summary, baleen_summary_find_section (summary, summary->claims->pdata[index]));
  g_string_append_printf (self->text, "%s## %s\n\n", index > 0 ? "\n" : "", title);
}

static void
render_bullets (const Rendering *self)
{
  const BaleenSummary *summary = self->summary;
  GString *text = self->text;

  for (guint i = 0; i < summary->claims->len; i++)
    {
      append_heading (self, i);
      g_string_append (text, "- ");
      append_claim (self, summary->claims->pdata[i], FALSE);
      g_string_append_c (text, '\n');
    }
}

static void
render_prose (const Rendering *self)
{
  const BaleenSummary *summary = self->summary;
  GString *text = self->text;

  for (guint i = 0; i < summary->claims->len; i++)
    {
      gboolean begins = begins_section (summary, i);

      if (begins && i > 0)
        g_string_append (text, summary->length == BALEEN_SUMMARY_DETAILED ? "\n" : "\n\n");
      append_heading (self, i);
      if (!begins && !ends_wide (text->str))
        g_string_append_c (text, ' ');
      append_claim (self, summary->claims->pdata[i], TRUE);
      if (i + 1 == summary->claims->len
          || (summary->length == BALEEN_SUMMARY_DETAILED && begins_section (summary, i + 1)))
        g_string_append_c (text, '\n');
    }
}

static void
render_table (const Rendering *self)
{
  const BaleenSummary *summary = self->summary;
  GString *text = self->text;

  g_string_append_printf (text, "| %s | %s |\n|---|---|\n", _("Claim"), _("Place"));
  for (guint i = 0; i < summary->claims->len; i++)
    {
      const BaleenClaim *claim = summary->claims->pdata[i];
      g_autofree char *places = self->mark == BALEEN_MARK_PAGES ? describe (summary, claim)
                                                                : g_strstrip (cite (self, claim));
      g_auto (GStrv) cells = g_strsplit (claim->text, "|", -1);
      g_autofree char *cell = g_strjoinv ("\\|", cells);

      g_strdelimit (cell, "\t\n", ' ');
      g_string_append_printf (text, "| %s | %s |\n", cell, places);
    }
}

/* What is asked where the model wrote no question: by the heading, or else by the pages. */
static char *
ask_of_section (const BaleenSummary *summary,
                guint                section)
{
  const BaleenSummaryNode *node = summary->root->children->pdata[section];
  g_autofree char *title = get_section_title (summary, section);

  if (node->title != NULL)
    return g_strdup_printf (_("What is said under “%s”?"), title);
  /* Translators: “Pages 3–4: what is said there?” */
  return g_strdup_printf (_("%s: what is said there?"), title);
}

static void
render_questions (const Rendering *self,
                  const GArray    *questions)
{
  const BaleenSummary *summary = self->summary;
  GString *text = self->text;
  guint at = 0;

  for (guint i = 0; i < questions->len; i++)
    {
      const BaleenQuestion *question = &g_array_index (questions, BaleenQuestion, i);
      g_autofree char *asked
          = question->question != NULL
                ? g_strdup (question->question)
                : ask_of_section (summary, baleen_summary_find_section (
                                               summary, summary->claims->pdata[at]));

      g_string_append_printf (text, "%s**%s**\n\n", i > 0 ? "\n" : "", asked);
      for (guint j = 0; j < question->n_claims; j++, at++)
        {
          if (question->n_claims > 1)
            g_string_append (text, "- ");
          append_claim (self, summary->claims->pdata[at], question->n_claims == 1);
          g_string_append_c (text, '\n');
        }
    }
}

/* A claim with its date: as it stands, and as it sorts. */
typedef struct
{
  guint number;
  char *date; /* (owned) */
  const BaleenClaim *claim;
} Event;

static void
event_clear (Event *event)
{
  g_free (event->date);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const Event *event_a = a, *event_b = b;

  if (event_a->number != event_b->number)
    return event_a->number < event_b->number ? -1 : 1;
  return event_a->claim->segment < event_b->claim->segment ? -1 : 1;
}

static GArray *
find_events (const BaleenSummary *summary)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Event));

  g_array_set_clear_func (events, (GDestroyNotify) event_clear);
  for (guint i = 0; i < summary->claims->len; i++)
    {
      Event event = { .claim = summary->claims->pdata[i] };

      event.number = baleen_find_date (event.claim->text, &event.date);
      if (event.number != 0)
        g_array_append_val (events, event);
    }
  g_array_sort (events, compare_events);

  return events;
}

static void
render_timeline (const Rendering *self)
{
  const BaleenSummary *summary = self->summary;
  GString *text = self->text;

  g_autoptr (GArray) events = find_events (summary);

  if (events->len == 0)
    {
      g_string_append_printf (text, "%s\n\n", _("No claim has a date. In the document's order:"));
      render_bullets (self);
      return;
    }
  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = &g_array_index (events, Event, i);

      g_string_append_printf (text, "- **%s** – ", event->date);
      append_claim (self, event->claim, FALSE);
      g_string_append_c (text, '\n');
    }
}

/* A timeline leaves out what has no date; claims and text are to say the same. */
static void
keep_dated (const BaleenSummary *summary)
{
  g_autoptr (GArray) events = find_events (summary);

  if (events->len > 0)
    for (guint i = summary->claims->len; i > 0; i--)
      if (baleen_find_date (((BaleenClaim *) summary->claims->pdata[i - 1])->text, NULL) == 0)
        g_ptr_array_remove_index (summary->claims, i - 1);
}

char *
baleen_summary_render (BaleenSummary    *summary,
                       const GArray     *questions,
                       BaleenSummaryMark mark)
{
  Rendering rendering = { .summary = summary, .mark = mark, .text = g_string_new (NULL) };

  if (summary->form == BALEEN_SUMMARY_TIMELINE)
    keep_dated (summary);
  rendering.places = baleen_summary_number_places (summary);
  if (summary->claims->len == 0)
    g_string_append_printf (rendering.text, "%s\n",
                            _("The model found nothing to say of this document."));
  else
    switch (summary->form)
      {
      case BALEEN_SUMMARY_BULLETS:
        render_bullets (&rendering);
        break;
      case BALEEN_SUMMARY_TABLE:
        render_table (&rendering);
        break;
      case BALEEN_SUMMARY_QA:
        render_questions (&rendering, questions);
        break;
      case BALEEN_SUMMARY_TIMELINE:
        render_timeline (&rendering);
        break;
      case BALEEN_SUMMARY_PROSE:
      default:
        render_prose (&rendering);
        break;
      }
  g_array_unref (rendering.places);

  return g_string_free (rendering.text, FALSE);
}
