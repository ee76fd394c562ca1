#include "summarizer-private.h"

#include "sentence-splitter.h"

#include <string.h>

/* How many claims a summary is made of. */
static const guint most_claims[BALEEN_N_SUMMARY_LENGTHS] = { 5, 12, 40 };
static const guint most_dated[BALEEN_N_SUMMARY_LENGTHS] = { 8, 20, 80 };
/* Of what a model wrote, so much must hold and so many of the claims be in it; else the claims
 * themselves are the better text. */
#define LEAST_VERIFIED 0.67
#define LEAST_COVERED 0.5

#define QUESTIONS_TASK \
  "Write questions that this part answers. Put each question on a line that begins with “Q:” and " \
  "its answer on the next line, which begins with “A:” and ends with the labels of the " \
  "sentences it comes from."

static GPtrArray *
get_children (GPtrArray *nodes)
{
  GPtrArray *children = g_ptr_array_new ();

  for (guint i = 0; i < nodes->len; i++)
    {
      BaleenSummaryNode *node = g_ptr_array_index (nodes, i);

      if (node->children->len == 0)
        g_ptr_array_add (children, node);
      else
        g_ptr_array_extend (children, node->children, NULL, NULL);
    }

  return children;
}

static void
add_claims (GPtrArray *claims,
            GPtrArray *nodes,
            guint      most,
            gboolean   prefers_dates)
{
  g_autoptr (GPtrArray) chosen = baleen_summary_choose (nodes, most, prefers_dates);

  while (chosen->len > 0 && claims->len < most)
    {
      g_autoptr (GPtrArray) one = baleen_claims_new ();

      g_ptr_array_add (one, g_ptr_array_steal_index (chosen, 0));
      baleen_claims_fold (claims, one);
    }
}

/* What came up to the root first; where there is room for more, what was left behind one level
 * lower, and so on down to the parts. */
static void
choose_claims (BaleenSummarizer *self)
{
  BaleenSummary *summary = self->summary;
  gboolean is_timeline = summary->form == BALEEN_SUMMARY_TIMELINE;
  guint most = (is_timeline ? most_dated : most_claims)[summary->length];
  g_autoptr (GPtrArray) nodes = g_ptr_array_ref (summary->root->children);
  guint n_nodes = 0;

  summary->claims = baleen_claims_new ();
  while (summary->claims->len < most && nodes->len != n_nodes)
    {
      GPtrArray *children;

      n_nodes = nodes->len;
      add_claims (summary->claims, nodes, most, is_timeline);
      children = get_children (nodes);
      g_ptr_array_unref (nodes);
      nodes = children;
    }
  baleen_claims_sort (summary->claims);
}

guint
baleen_summary_find_section (const BaleenSummary *summary,
                             const BaleenClaim   *claim)
{
  const GPtrArray *sections = summary->root->children;
  guint i = 0;

  while (i + 1 < sections->len
         && ((BaleenSummaryNode *) sections->pdata[i])->end_segment <= claim->segment)
    i++;
  return i;
}

/* The claims of one stretch of the summary, to be written at a time. */
typedef struct
{
  guint first_section, end_section;
  GPtrArray *claims; /* (owned) */
  GArray *shown;     /* (owned) */
  BaleenCall *call;  /* (nullable) */
} Passage;

static void
passage_free (Passage *passage)
{
  g_ptr_array_unref (passage->claims);
  g_array_unref (passage->shown);
  g_free (passage);
}

/* Long forms are written section by section, for one answer could not hold them; the tree is
 * their outline. */
static GPtrArray *
make_passages (const BaleenSummary *summary,
               gboolean             by_section)
{
  GPtrArray *passages = g_ptr_array_new_with_free_func ((GDestroyNotify) passage_free);
  const guint n_sections = summary->root->children->len;
  guint i = 0;

  for (guint section = 0; section < n_sections; section = by_section ? section + 1 : n_sections)
    {
      Passage *passage = g_new0 (Passage, 1);

      passage->first_section = section;
      passage->end_section = by_section ? section + 1 : n_sections;
      passage->claims = baleen_claims_new ();
      for (; i < summary->claims->len; i++)
        {
          const BaleenClaim *claim = g_ptr_array_index (summary->claims, i);

          if (baleen_summary_find_section (summary, claim) >= passage->end_section)
            break;
          g_ptr_array_add (passage->claims, baleen_claim_copy (claim));
        }
      passage->shown = baleen_summary_collect_sentences (passage->claims);
      g_ptr_array_add (passages, passage);
    }

  return passages;
}

static gboolean
ask_for_passages (BaleenSummarizer *self,
                  GPtrArray        *passages,
                  const char       *task,
                  GPtrArray        *calls,
                  GError          **error)
{
  for (guint i = 0; i < passages->len; i++)
    {
      Passage *passage = g_ptr_array_index (passages, i);
      const GPtrArray *sections = self->summary->root->children;
      const BaleenSummaryNode *first = sections->pdata[passage->first_section];
      const BaleenSummaryNode *last = sections->pdata[passage->end_section - 1];
      g_autoptr (GError) local_error = NULL;

      if (passage->shown->len == 0)
        continue;
      passage->call = baleen_summarizer_new_call (
          self, baleen_summarizer_make_prompt (self, passage->claims, passage->shown, task), task, i,
          first->first_segment, last->end_segment, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (passage->call == NULL)
        continue;
      passage->call->shared = BALEEN_PART_OPENING;
      g_ptr_array_add (calls, passage->call);
    }

  return calls->len == 0
         || baleen_summarizer_complete (self, "write", BALEEN_SUMMARY_WRITING, calls, NULL, NULL,
                                        error);
}

static guint
find_segment (const BaleenSummary *summary,
              guint                sentence)
{
  guint i = 0;

  while (i + 1 < summary->segments->len
         && g_array_index (summary->segments, BaleenSegment, i).end <= sentence)
    i++;
  return i;
}

static BaleenClaim *
make_claim (BaleenSummarizer *self,
            const Passage    *passage,
            const char       *text,
            const GArray     *labels)
{
  const BaleenClaim *like = g_ptr_array_index (passage->claims, 0);
  BaleenClaim *claim = baleen_claim_new (text, like->segment);

  for (guint i = 0; i < labels->len; i++)
    {
      guint label = g_array_index (labels, guint, i);

      if (label >= 1 && label <= passage->shown->len)
        baleen_claim_add_sentence (claim, g_array_index (passage->shown, guint, label - 1));
    }
  baleen_claim_verify (claim, self->summary->sentences, passage->shown);
  if (claim->sentences->len > 0)
    claim->segment
        = find_segment (self->summary, g_array_index (claim->sentences, guint, 0));

  return claim;
}

/* Small models write lists when they are asked for prose; it is prose here all the same. */
static void
drop_bullet (char *text)
{
  const char *start = text + strspn (text, " \n\t");

  while (((*start == '-' || *start == '*') && start[1] == ' ')
         || g_str_has_prefix (start, "•"))
    start = g_utf8_next_char (start) + strspn (g_utf8_next_char (start), " \t");
  memmove (text, start, strlen (start) + 1);
  g_strchomp (text);
}

/* Sentences of prose; labels stand before or after the mark that ends one. What a model says
 * again is said once. */
static GPtrArray *
parse_prose (BaleenSummarizer *self,
             const Passage    *passage)
{
  GPtrArray *told = baleen_claims_new ();
  g_autoptr (GPtrArray) claims = baleen_claims_new ();
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (BaleenStretch));
  const char *answer = passage->call->answer;
  g_autofree char *last = NULL;

  baleen_split_sentences (answer, stretches);
  for (guint i = 0; i < stretches->len; i++)
    {
      BaleenStretch stretch = g_array_index (stretches, BaleenStretch, i);
      gsize end = i + 1 < stretches->len ? g_array_index (stretches, BaleenStretch, i + 1).start
                                         : strlen (answer);
      g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char *raw = NULL, *text = NULL;

      /* What follows the mark and is only labels belongs to this sentence. */
      while (i + 1 < stretches->len && answer[end] == '[')
        {
          const char *close = strchr (answer + end, ']');

          if (close == NULL)
            break;
          end = close + 1 - answer;
          while (answer[end] == ' ')
            end++;
        }
      raw = g_strndup (answer + stretch.start, end - stretch.start);
      if (i + 1 < stretches->len)
        g_array_index (stretches, BaleenStretch, i + 1).start
            = MIN (end, g_array_index (stretches, BaleenStretch, i + 1).end);
      text = baleen_strip_labels (raw, labels);
      drop_bullet (text);
      if (g_utf8_strlen (text, -1) < 4 || (passage->call->is_cut && i + 1 == stretches->len))
        continue;
      g_ptr_array_add (claims, make_claim (self, passage, text, labels));
    }
  baleen_claims_fold (told, claims);

  return told;
}

/* The answers become claims, and their questions go with them. */
static GPtrArray *
parse_questions (BaleenSummarizer *self,
                 const Passage    *passage,
                 GArray           *questions)
{
  GPtrArray *claims = baleen_claims_new ();
  g_auto (GStrv) lines = g_strsplit (passage->call->answer, "\n", -1);
  g_autofree char *question = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char *text = baleen_strip_labels (lines[i], labels);
      const char *at = text + strspn (text, " *-#");

      if (g_str_has_prefix (at, "Q:") || g_str_has_prefix (at, "Q："))
        {
          g_free (question);
          question = g_strstrip (g_strdup (strchr (at, 'Q') + (at[1] == ':' ? 2 : 4)));
        }
      else if (question != NULL && (g_str_has_prefix (at, "A:") || g_str_has_prefix (at, "A：")))
        {
          g_autofree char *answer = g_strstrip (g_strdup (at + (at[1] == ':' ? 2 : 4)));
          BaleenQuestion entry = { g_steal_pointer (&question), 1 };

          g_ptr_array_add (claims, make_claim (self, passage, answer, labels));
          g_array_append_val (questions, entry);
        }
    }

  return claims;
}

static gboolean
is_good (GPtrArray     *written,
         const Passage *passage)
{
  guint n_verified = 0, n_covered = 0;

  for (guint i = 0; i < written->len; i++)
    n_verified += ((BaleenClaim *) written->pdata[i])->is_verified;
  for (guint i = 0; i < passage->claims->len; i++)
    for (guint j = 0; j < written->len; j++)
      if (baleen_claim_shares_sentence (written->pdata[j], passage->claims->pdata[i]))
        {
          n_covered++;
          break;
        }

  return n_verified > 0 && n_verified >= LEAST_VERIFIED * written->len
         && n_covered >= LEAST_COVERED * passage->claims->len;
}

static void
question_clear (BaleenQuestion *question)
{
  g_free (question->question);
}

/* What a model wrote of a passage where that is good, the passage's own claims where not. */
static void
take_passage (BaleenSummarizer *self,
              Passage          *passage,
              GPtrArray        *claims,
              GArray           *questions)
{
  const gboolean is_qa = self->summary->form == BALEEN_SUMMARY_QA;
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (BaleenQuestion));
  g_autoptr (GPtrArray) written = NULL;

  g_array_set_clear_func (asked, (GDestroyNotify) question_clear);
  if (passage->call != NULL)
    written = is_qa ? parse_questions (self, passage, asked) : parse_prose (self, passage);
  if (written != NULL && is_good (written, passage))
    {
      g_ptr_array_extend_and_steal (claims, g_steal_pointer (&written));
      g_array_append_vals (questions, asked->data, asked->len);
      g_array_set_clear_func (asked, NULL);
      return;
    }
  if (passage->claims->len > 0)
    {
      BaleenQuestion none = { NULL, passage->claims->len };

      g_array_append_val (questions, none);
      g_ptr_array_extend_and_steal (claims, g_ptr_array_ref (passage->claims));
      passage->claims = baleen_claims_new ();
    }
}

static gboolean
write_passages (BaleenSummarizer *self,
                GArray           *questions,
                GError          **error)
{
  static const char *const sizes[] = { "3 or 4", "6 to 8", "5 to 7" };
  BaleenSummary *summary = self->summary;
  const gboolean is_qa = summary->form == BALEEN_SUMMARY_QA;
  g_autoptr (GPtrArray) passages
      = make_passages (summary, is_qa || summary->length == BALEEN_SUMMARY_DETAILED);
  g_autoptr (GPtrArray) calls = baleen_calls_new ();
  g_autofree char *task
      = is_qa ? g_strdup (QUESTIONS_TASK)
              : g_strdup_printf ("Write a summary of this part in %s sentences of connected prose. "
                                 "End each sentence with the labels of the sentences it comes from.",
                                 sizes[summary->length]);
  GPtrArray *claims;

  if (!ask_for_passages (self, passages, task, calls, error))
    return FALSE;
  claims = baleen_claims_new ();
  for (guint i = 0; i < passages->len; i++)
    take_passage (self, g_ptr_array_index (passages, i), claims, questions);
  g_ptr_array_unref (summary->claims);
  summary->claims = claims;

  return TRUE;
}

gboolean
baleen_summarizer_write (BaleenSummarizer *self,
                         GError          **error)
{
  BaleenSummary *summary = self->summary;
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (BaleenQuestion));

  g_array_set_clear_func (questions, (GDestroyNotify) question_clear);
  choose_claims (self);
  if ((summary->form == BALEEN_SUMMARY_PROSE || summary->form == BALEEN_SUMMARY_QA)
      && summary->claims->len > 0 && !write_passages (self, questions, error))
    return FALSE;
  summary->text = baleen_summary_render (summary, questions, BALEEN_MARK_PAGES);
  summary->cited_text = baleen_summary_render (summary, questions, BALEEN_MARK_NUMBERS);
  summary->noted_text = baleen_summary_render (summary, questions, BALEEN_MARK_FOOTNOTES);

  return TRUE;
}
