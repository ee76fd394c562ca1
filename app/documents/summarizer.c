#include "summarizer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of the context, for an answer; within these limits. */
#define SHARE_OF_ANSWER 4
#define LEAST_RESERVE 96
#define MOST_RESERVE 1024
/* Sentences around those of a claim that failed, to be read once more with them; and how many
 * that were overlooked, with nothing around them that could be taken up instead. */
#define NEIGHBOURS 1
#define MOST_OVERLOOKED 12

static const struct
{
  const char *code, *name;
} languages[] = {
  { "zh", "Chinese" }, { "zh_CN", "Chinese" }, { "zh-CN", "Chinese" }, { "en", "English" },
  { "de", "German" }, { "fr", "French" }, { "es", "Spanish" }, { "it", "Italian" },
  { "pt", "Portuguese" }, { "ru", "Russian" }, { "ja", "Japanese" }, { "ko", "Korean" },
  { "nl", "Dutch" }, { "pl", "Polish" }, { "ar", "Arabic" }, { "tr", "Turkish" },
};

static const char *
get_language_name (const char *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strcasecmp (languages[i].code, language) == 0)
      return languages[i].name;

  return language;
}

#define LETTERS_TO_LOOK_AT 20000

gboolean
baleen_document_is_chinese (const BaleenDocument *document)
{
  gsize n_wide = 0, n = 0;

  for (guint i = 0; i < document->paragraphs->len && n < LETTERS_TO_LOOK_AT; i++)
    {
      const BaleenParagraph *paragraph = g_ptr_array_index (document->paragraphs, i);

      for (const char *at = paragraph->text; *at != '\0'; at = g_utf8_next_char (at), n++)
        n_wide += g_unichar_iswide (g_utf8_get_char (at));
    }

  return n_wide * 3 > n;
}

/* English instructions over an English document need no more words; any other language is
 * named, since models tend to answer in that of the instructions. */
static char *
make_language_request (const BaleenSummarizer *self,
                       const BaleenDocument   *document)
{
  const char *language = self->options->language;

  if (language == NULL)
    return g_strdup (baleen_document_is_chinese (document) && !self->completer->is_english_only
                         ? " Write in Chinese."
                         : "");

  return g_strdup_printf (" Write in %s.", get_language_name (language));
}

static guint
get_page (const BaleenSummarizer *self,
          guint                   sentence)
{
  return baleen_sentences_get (self->summary->sentences, sentence)->page;
}

static char *
find_title (const BaleenSummarizer *self,
            const BaleenSegment    *segment)
{
  for (guint i = segment->own; i < segment->end; i++)
    if (baleen_sentences_get (self->summary->sentences, i)->style == BALEEN_PARAGRAPH_HEADING)
      return i - segment->own <= (segment->end - segment->own) / 3
                 ? baleen_sentences_dup_text (self->summary->sentences, i)
                 : NULL;

  return NULL;
}

static void
add_part (BaleenSummarizer    *self,
          guint                index,
          const BaleenSegment *segment)
{
  BaleenSummaryNode *leaf = baleen_summary_node_new ();
  BaleenCoverage coverage = { BALEEN_COVERAGE_WAITING, segment->from, segment->to,
                              get_page (self, segment->own), get_page (self, segment->end - 1) };

  leaf->title = find_title (self, segment);
  leaf->first_segment = index;
  leaf->end_segment = index + 1;
  leaf->first_page = coverage.first_page;
  leaf->last_page = coverage.last_page;
  g_ptr_array_add (self->leaves, leaf);
  g_array_append_val (self->summary->coverage, coverage);
}

static gboolean
prepare (BaleenSummarizer     *self,
         const BaleenDocument *document,
         GError              **error)
{
  guint most = baleen_segmenter_get_most_tokens (self->completer);
  BaleenSummary *summary = self->summary;

  summary->form = self->options->form;
  summary->length = self->options->length;
  summary->coverage = g_array_new (FALSE, TRUE, sizeof (BaleenCoverage));
  summary->calls = g_array_new (FALSE, TRUE, sizeof (BaleenLedgerCall));
  self->leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_summary_node_free);
  self->reserve = CLAMP (self->completer->n_context / SHARE_OF_ANSWER, LEAST_RESERVE,
                         MOST_RESERVE);
  summary->sentences = baleen_sentences_new (document, self->completer, most / 2, error);
  if (summary->sentences == NULL)
    return FALSE;

  self->language_request = make_language_request (self, document);
  self->format = g_strconcat (BALEEN_PART_OPENING "%s\n\n" BALEEN_PART_TASK,
                              self->language_request, NULL);
  summary->segments = baleen_segmenter_pack (summary->sentences, self->completer, self->format,
                                             most, self->reserve, error);
  if (summary->segments == NULL)
    return FALSE;
  for (guint i = 0; i < summary->segments->len; i++)
    add_part (self, i, &g_array_index (summary->segments, BaleenSegment, i));

  return TRUE;
}

static GArray *
get_shown (const BaleenSegment *segment)
{
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = segment->first; i < segment->end; i++)
    g_array_append_val (shown, i);
  return shown;
}

static const BaleenSegment *
get_segment (const BaleenSummarizer *self,
             guint                   index)
{
  return &g_array_index (self->summary->segments, BaleenSegment, index);
}

static void
tell_claims (const BaleenSummarizer *self,
             guint                   segment)
{
  const BaleenSummaryNode *leaf = g_ptr_array_index (self->leaves, segment);

  if (self->observer != NULL && self->observer->claims != NULL)
    self->observer->claims (segment, leaf->claims, self->summary->sentences,
                            self->observer->user_data);
}

/* What a part's answer comes to. */
typedef struct
{
  BaleenSummarizer *self;
  GPtrArray *calls;
} Reading;

static void
read_cb (guint    index,
         gpointer user_data)
{
  Reading *reading = user_data;
  BaleenSummarizer *self = reading->self;
  const BaleenCall *call = g_ptr_array_index (reading->calls, index);
  BaleenSummaryNode *leaf = g_ptr_array_index (self->leaves, index);
  BaleenCoverage *part = &g_array_index (self->summary->coverage, BaleenCoverage, index);
  g_autoptr (GArray) shown = get_shown (get_segment (self, index));
  g_autoptr (GPtrArray) claims = baleen_claims_parse (call->answer, call->is_cut, shown, index);

  for (guint i = 0; i < claims->len; i++)
    {
      baleen_claim_make_whole (g_ptr_array_index (claims, i), self->summary->sentences);
      baleen_claim_verify (g_ptr_array_index (claims, i), self->summary->sentences, shown);
    }
  baleen_claims_fold (leaf->claims, claims);
  part->status = call->is_failed ? BALEEN_COVERAGE_FAILED : BALEEN_COVERAGE_READ;
  part->n_claims = leaf->claims->len;
  tell_claims (self, index);
}

static GPtrArray *
make_part_calls (BaleenSummarizer *self,
                 GError          **error)
{
  g_autoptr (GPtrArray) calls = baleen_calls_new ();

  for (guint i = 0; i < self->summary->segments->len; i++)
    {
      BaleenCall *call = baleen_summarizer_new_call (
          self, baleen_segment_format (self->summary->sentences, get_segment (self, i), self->format),
          "read", i, i, i + 1, error);

      /* The segmenter saw to it that each fits. */
      g_assert (call != NULL || *error != NULL);
      if (call == NULL)
        return NULL;
      call->shared = BALEEN_PART_OPENING;
      g_ptr_array_add (calls, call);
    }

  return g_steal_pointer (&calls);
}

static void
want_doubtful (const BaleenSummarizer *self,
               guint                   index,
               gboolean               *is_wanted)
{
  const BaleenSegment *segment = get_segment (self, index);
  const BaleenSummaryNode *leaf = g_ptr_array_index (self->leaves, index);
  const guint n = segment->end - segment->first;

  for (guint i = 0; i < leaf->claims->len; i++)
    {
      const BaleenClaim *claim = g_ptr_array_index (leaf->claims, i);

      for (guint j = 0; !claim->is_verified && j < claim->sentences->len; j++)
        {
          guint place = g_array_index (claim->sentences, guint, j) - segment->first;

          for (guint k = place > NEIGHBOURS ? place - NEIGHBOURS : 0;
               k <= MIN (place + NEIGHBOURS, n - 1); k++)
            is_wanted[k] = TRUE;
        }
    }
}

static gboolean
is_cited (const BaleenSummaryNode *leaf,
          guint                    sentence)
{
  for (guint i = 0; i < leaf->claims->len; i++)
    {
      const BaleenClaim *claim = g_ptr_array_index (leaf->claims, i);

      for (guint j = 0; j < claim->sentences->len; j++)
        if (g_array_index (claim->sentences, guint, j) == sentence)
          return TRUE;
    }

  return FALSE;
}

/* Models neglect the middle of what they read. A sentence with numbers and names that no claim
 * has taken up is shown once more, beside others of its kind. */
static void
want_overlooked (const BaleenSummarizer *self,
                 guint                   index,
                 gboolean               *is_wanted)
{
  const BaleenSegment *segment = get_segment (self, index);
  const BaleenSummaryNode *leaf = g_ptr_array_index (self->leaves, index);
  guint n_wanted = 0;

  for (float least = BALEEN_WEIGHTY + 1; least >= BALEEN_WEIGHTY; least -= 1)
    for (guint i = segment->own; i < segment->end && n_wanted < MOST_OVERLOOKED; i++)
      {
        g_autofree char *text = baleen_sentences_dup_text (self->summary->sentences, i);

        if (is_wanted[i - segment->first] || baleen_text_weight (text) < least
            || is_cited (leaf, i))
          continue;
        is_wanted[i - segment->first] = TRUE;
        n_wanted++;
      }
}

/* The sentences of a part that are to be read once more: those that its failing claims are
 * about, with their neighbours, and those that it overlooked; all of them where the part gave
 * nothing. NULL where nothing is to be asked again. */
static GArray *
find_again (const BaleenSummarizer *self,
            guint                   index)
{
  const BaleenSegment *segment = get_segment (self, index);
  const BaleenSummaryNode *leaf = g_ptr_array_index (self->leaves, index);
  const guint n = segment->end - segment->first;
  g_autofree gboolean *is_wanted = g_new0 (gboolean, n);
  g_autoptr (GArray) shown = NULL;

  if (leaf->claims->len == 0)
    return get_shown (segment); /* what failed gets its second chance here, too */
  want_doubtful (self, index, is_wanted);
  want_overlooked (self, index, is_wanted);
  shown = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    {
      guint sentence = segment->first + i;

      if (is_wanted[i])
        g_array_append_val (shown, sentence);
    }

  return shown->len > 0 ? g_steal_pointer (&shown) : NULL;
}

static BaleenCall *
make_call_again (BaleenSummarizer *self,
                 guint             index,
                 const GArray     *shown,
                 GError          **error)
{
  g_autoptr (GString) sentences = g_string_new (NULL);
  BaleenCall *call;

  for (guint i = 0; i < shown->len; i++)
    baleen_sentences_append_labelled (self->summary->sentences, g_array_index (shown, guint, i),
                                      i + 1, sentences);
  call = baleen_summarizer_new_call (
      self,
      g_strdup_printf (BALEEN_PART_OPENING "%s\n\n" BALEEN_PART_TASK "%s", sentences->str,
                       self->language_request),
      "again", index, index, index + 1, error);
  if (call != NULL)
    call->shared = BALEEN_PART_OPENING;

  return call;
}

static gboolean
is_near (const BaleenClaim *a,
         const BaleenClaim *b)
{
  for (guint i = 0; i < a->sentences->len; i++)
    for (guint j = 0; j < b->sentences->len; j++)
      {
        guint place_a = g_array_index (a->sentences, guint, i);
        guint place_b = g_array_index (b->sentences, guint, j);

        if (MAX (place_a, place_b) - MIN (place_a, place_b) <= NEIGHBOURS)
          return TRUE;
      }

  return FALSE;
}

/* Claims that hold take the place of those that failed near them. */
static void
take_again (BaleenSummarizer *self,
            guint             index,
            const GArray     *shown,
            const BaleenCall *call)
{
  BaleenSummaryNode *leaf = g_ptr_array_index (self->leaves, index);
  BaleenCoverage *part = &g_array_index (self->summary->coverage, BaleenCoverage, index);
  g_autoptr (GPtrArray) claims = baleen_claims_parse (call->answer, call->is_cut, shown, index);

  for (guint i = claims->len; i > 0; i--)
    {
      BaleenClaim *claim = g_ptr_array_index (claims, i - 1);

      baleen_claim_make_whole (claim, self->summary->sentences);
      if (!baleen_claim_verify (claim, self->summary->sentences, shown) && leaf->claims->len > 0)
        {
          g_ptr_array_remove_index (claims, i - 1);
          continue;
        }
      for (guint j = leaf->claims->len; j > 0; j--)
        {
          const BaleenClaim *old = g_ptr_array_index (leaf->claims, j - 1);

          if (!old->is_verified && is_near (old, claim))
            g_ptr_array_remove_index (leaf->claims, j - 1);
        }
    }
  baleen_claims_fold (leaf->claims, claims);
  part->n_claims = leaf->claims->len;
  if (!call->is_failed)
    part->status = BALEEN_COVERAGE_READ;
  tell_claims (self, index);
}

static gboolean
read_again (BaleenSummarizer *self,
            GError          **error)
{
  g_autoptr (GPtrArray) calls = baleen_calls_new ();
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->leaves->len; i++)
    {
      GArray *again = find_again (self, i);
      g_autoptr (GError) local_error = NULL;
      BaleenCall *call;

      if (again == NULL)
        continue;
      call = make_call_again (self, i, again, &local_error);
      if (local_error != NULL)
        {
          g_array_unref (again);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_ptr_array_add (calls, call);
      g_ptr_array_add (shown, again);
      g_array_append_val (segments, i);
    }
  if (calls->len == 0)
    return TRUE;
  if (!baleen_summarizer_complete (self, "again", BALEEN_SUMMARY_READING, calls, NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    take_again (self, g_array_index (segments, guint, i), g_ptr_array_index (shown, i),
                g_ptr_array_index (calls, i));

  return TRUE;
}

/* Claims are what later questions search beside the text; losing them costs nothing else. */
static void
keep_claims (const BaleenSummarizer *self)
{
  for (guint i = 0; self->store != NULL && i < self->leaves->len; i++)
    {
      const BaleenSummaryNode *leaf = g_ptr_array_index (self->leaves, i);

      for (guint j = 0; j < leaf->claims->len; j++)
        {
          const BaleenClaim *claim = g_ptr_array_index (leaf->claims, j);
          const BaleenSentence *sentence;

          if (!claim->is_verified)
            continue;
          sentence = baleen_sentences_get (self->summary->sentences,
                                           g_array_index (claim->sentences, guint, 0));
          baleen_reading_store_keep_claim (self->store, claim->text, sentence->from, sentence->to,
                                           NULL);
        }
    }
}

static gboolean
read_parts (BaleenSummarizer *self,
            GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) calls = make_part_calls (self, &local_error);
  Reading reading = { self, calls };

  if (calls == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!baleen_summarizer_complete (self, "read", BALEEN_SUMMARY_READING, calls, read_cb, &reading,
                                   error)
      || !read_again (self, error))
    return FALSE;
  keep_claims (self);

  return TRUE;
}

static void
summarizer_clear (BaleenSummarizer *self)
{
  g_free (self->format);
  g_free (self->language_request);
  g_clear_pointer (&self->summary, baleen_summary_free);
  g_clear_pointer (&self->leaves, g_ptr_array_unref);
}

BaleenSummary *
baleen_summarizer_run (const BaleenDocument        *document,
                       const BaleenSummaryOptions  *options,
                       const BaleenCompleter       *completer,
                       BaleenReadingStore          *store,
                       const BaleenSummaryObserver *observer,
                       GCancellable                *cancellable,
                       GError                     **error)
{
  BaleenSummarizer self = { options, completer, store, observer, cancellable };
  BaleenSummary *summary = NULL;

  self.summary = g_new0 (BaleenSummary, 1);
  if (prepare (&self, document, error) && read_parts (&self, error)
      && baleen_summarizer_merge (&self, error) && baleen_summarizer_write (&self, error))
    summary = g_steal_pointer (&self.summary);
  summarizer_clear (&self);

  return summary;
}

gboolean
baleen_summarizer_measure (const BaleenDocument       *document,
                           const BaleenSummaryOptions *options,
                           const BaleenCompleter      *completer,
                           BaleenReadingStore         *store,
                           guint                      *n_parts,
                           guint                      *n_read,
                           gsize                      *n_tokens,
                           GError                    **error)
{
  BaleenSummarizer self = { options, completer, store };
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GError) local_error = NULL;

  self.summary = g_new0 (BaleenSummary, 1);
  if (prepare (&self, document, &local_error))
    calls = make_part_calls (&self, &local_error);
  if (calls != NULL)
    {
      *n_parts = calls->len;
      *n_read = 0;
      *n_tokens = 0;
      for (guint i = 0; i < calls->len; i++)
        *n_read += baleen_summarizer_has_answer (&self, g_ptr_array_index (calls, i));
      for (guint i = 0; i < self.summary->sentences->sentences->len; i++)
        *n_tokens += baleen_sentences_get (self.summary->sentences, i)->n_tokens;
    }
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  summarizer_clear (&self);

  return calls != NULL;
}
