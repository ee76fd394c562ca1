#include "segmenter.h"

#include "sentence-splitter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_TOKENS 6000
#define SHARE_OF_CONTEXT 0.4
/* Of a part, for what it repeats of the one before. */
#define SHARE_OF_OVERLAP 0.15
/* A break before a heading may leave a part this empty, but no emptier. */
#define LEAST_FILL 0.5

static void
append_plain (GString    *out,
              const char *text,
              gsize       length)
{
  gboolean was_space = FALSE;

  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == '\t')
        g_string_append (out, " | ");
      else if (!g_unichar_isspace (letter))
        g_string_append_unichar (out, letter);
      else if (!was_space)
        g_string_append_c (out, ' ');
      was_space = g_unichar_isspace (letter);
    }
}

static gboolean
count (const BaleenSentences *self,
       const BaleenCompleter *completer,
       const BaleenStretch   *stretch,
       gsize                 *n_tokens,
       GError               **error)
{
  g_autoptr (GString) labelled = g_string_new ("[S100] ");

  append_plain (labelled, self->text + stretch->start, stretch->end - stretch->start);
  g_string_append_c (labelled, ' ');
  return completer->count_text (completer->data, labelled->str, n_tokens, error);
}

/* Adds a sentence of the paragraph whose byte 0 is `offset`; in pieces where it is too long. */
static gboolean
add_sentence (BaleenSentences       *self,
              const BaleenCompleter *completer,
              guint                  most_tokens,
              const BaleenSentence  *like,
              BaleenStretch          stretch,
              GError               **error)
{
  BaleenSentence sentence = *like;
  gsize n_tokens, cut;

  if (!count (self, completer, &stretch, &n_tokens, error))
    return FALSE;
  cut = n_tokens > most_tokens
            ? baleen_find_cut (self->text + stretch.start, stretch.end - stretch.start)
            : 0;
  if (cut > 0)
    {
      BaleenStretch head = { stretch.start, stretch.start + cut };
      BaleenStretch tail = { stretch.start + cut, stretch.end };

      return add_sentence (self, completer, most_tokens, like, head, error)
             && add_sentence (self, completer, most_tokens, like, tail, error);
    }

  sentence.start = stretch.start;
  sentence.end = stretch.end;
  sentence.from = like->from + g_utf8_strlen (self->text + like->start, stretch.start - like->start);
  sentence.to = sentence.from + g_utf8_strlen (self->text + stretch.start,
                                               stretch.end - stretch.start);
  sentence.n_tokens = n_tokens;
  g_array_append_val (self->sentences, sentence);
  return TRUE;
}

BaleenSentences *
baleen_sentences_new (const BaleenDocument  *document,
                      const BaleenCompleter *completer,
                      guint                  most_tokens,
                      GError               **error)
{
  g_autoptr (BaleenSentences) self = g_new0 (BaleenSentences, 1);
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (BaleenStretch));
  gsize offset = 0;

  self->text = baleen_document_get_text (document);
  self->n_characters = document->n_characters;
  self->n_pages = document->n_pages;
  self->sentences = g_array_new (FALSE, FALSE, sizeof (BaleenSentence));
  for (guint i = 0; i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = g_ptr_array_index (document->paragraphs, i);
      BaleenSentence like = { .from = paragraph->start, .start = offset, .page = paragraph->page,
                              .paragraph = i, .style = paragraph->style };
      gsize length = strlen (paragraph->text);

      g_array_set_size (stretches, 0);
      if (paragraph->style == BALEEN_PARAGRAPH_HEADING || paragraph->style == BALEEN_PARAGRAPH_ROW)
        {
          BaleenStretch whole = { 0, length };

          g_array_append_val (stretches, whole);
        }
      else
        baleen_split_sentences (paragraph->text, stretches);
      for (guint j = 0; j < stretches->len; j++)
        {
          BaleenStretch stretch = g_array_index (stretches, BaleenStretch, j);

          stretch.start += offset;
          stretch.end += offset;
          if (!add_sentence (self, completer, most_tokens, &like, stretch, error))
            return NULL;
        }
      offset += length + 2;
    }

  return g_steal_pointer (&self);
}

void
baleen_sentences_free (BaleenSentences *self)
{
  g_clear_pointer (&self->sentences, g_array_unref);
  g_free (self->text);
  g_free (self);
}

const BaleenSentence *
baleen_sentences_get (const BaleenSentences *self,
                      guint                  index)
{
  g_assert (index < self->sentences->len);
  return &g_array_index (self->sentences, BaleenSentence, index);
}

char *
baleen_sentences_dup_text (const BaleenSentences *self,
                           guint                  index)
{
  const BaleenSentence *sentence = baleen_sentences_get (self, index);

  return g_strndup (self->text + sentence->start, sentence->end - sentence->start);
}

void
baleen_sentences_append_labelled (const BaleenSentences *self,
                                  guint                  index,
                                  guint                  label,
                                  GString               *out)
{
  const BaleenSentence *sentence = baleen_sentences_get (self, index);

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_printf (out, "[S%u] ", label);
  append_plain (out, self->text + sentence->start, sentence->end - sentence->start);
}

char *
baleen_segment_format (const BaleenSentences *sentences,
                       const BaleenSegment   *segment,
                       const char            *format)
{
  g_autoptr (GString) labelled = g_string_new (NULL);
  const char *place = strstr (format, "%s");

  for (guint i = segment->first; i < segment->end; i++)
    baleen_sentences_append_labelled (sentences, i, i - segment->first + 1, labelled);

  g_assert (place != NULL);
  g_string_prepend_len (labelled, format, place - format);
  g_string_append (labelled, place + 2);
  return g_strdup (labelled->str);
}

guint
baleen_segmenter_get_most_tokens (const BaleenCompleter *completer)
{
  guint most = MIN (MOST_TOKENS, (guint) (completer->n_context * SHARE_OF_CONTEXT));

  return completer->n_part > 0 ? MIN (most, completer->n_part) : most;
}

/* What packing needs at each step. */
typedef struct
{
  const BaleenSentences *sentences;
  const BaleenCompleter *completer;
  const char *format;
  guint most_tokens;
  guint reserve;
} Packer;

static gboolean
begins_paragraph (const Packer *packer,
                  guint         index)
{
  return index == 0
         || baleen_sentences_get (packer->sentences, index)->paragraph
                != baleen_sentences_get (packer->sentences, index - 1)->paragraph;
}

static gboolean
is_heading (const Packer *packer,
            guint         index)
{
  return baleen_sentences_get (packer->sentences, index)->style == BALEEN_PARAGRAPH_HEADING;
}

/* The paragraph before `own`, or as many of its last sentences as there is room for. None
 * before a heading: there something new begins. */
static guint
find_overlap (const Packer *packer,
              guint         own,
              guint         before)
{
  guint room = packer->most_tokens * SHARE_OF_OVERLAP;
  guint first = own;

  if (own == 0 || is_heading (packer, own))
    return own;
  while (first > before && !is_heading (packer, first - 1))
    {
      const BaleenSentence *sentence = baleen_sentences_get (packer->sentences, first - 1);

      if (sentence->n_tokens > room)
        break;
      room -= sentence->n_tokens;
      first--;
      if (begins_paragraph (packer, first))
        break;
    }

  return first;
}

/* Where a part that has room up to `end` should break: before the last heading, or paragraph,
 * that leaves it full enough. */
static guint
find_break (const Packer *packer,
            guint         own,
            guint         end)
{
  guint n_tokens = 0, best_heading = 0, best_paragraph = 0;

  if (end == packer->sentences->sentences->len)
    return end;
  for (guint i = own; i <= end; i++)
    {
      if (i > own && n_tokens >= LEAST_FILL * packer->most_tokens && begins_paragraph (packer, i))
        {
          best_paragraph = i;
          if (is_heading (packer, i) && !is_heading (packer, i - 1))
            best_heading = i;
        }
      n_tokens += baleen_sentences_get (packer->sentences, i)->n_tokens;
    }
  if (best_heading > 0)
    return best_heading;
  end = best_paragraph > 0 ? best_paragraph : end;
  /* A heading goes with what it stands over. */
  while (end > own + 1 && is_heading (packer, end - 1))
    end--;

  return end;
}

static gboolean
count_segment (const Packer        *packer,
               const BaleenSegment *segment,
               gsize               *n_tokens,
               GError             **error)
{
  g_autofree char *prompt = baleen_segment_format (packer->sentences, segment, packer->format);

  return packer->completer->count_prompt (packer->completer->data, prompt, n_tokens, error);
}

/* Takes sentences away from the end until the whole prompt fits to the token; then the overlap. */
static gboolean
trim (const Packer  *packer,
      BaleenSegment *segment,
      GError       **error)
{
  const guint n_context = packer->completer->n_context;

  for (;;)
    {
      gsize n_tokens, n_over;

      if (!count_segment (packer, segment, &n_tokens, error))
        return FALSE;
      if (n_tokens + packer->reserve <= n_context)
        return TRUE;
      if (segment->end == segment->own + 1 && segment->first == segment->own)
        break;
      n_over = n_tokens + packer->reserve - n_context;
      if (segment->end == segment->own + 1)
        segment->first = segment->own;
      while (n_over > 0 && segment->end > segment->own + 1)
        {
          guint n = baleen_sentences_get (packer->sentences, segment->end - 1)->n_tokens;

          segment->end--;
          n_over -= MIN (n_over, MAX (n, 1));
        }
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               _("A context of %u tokens is too small to read a document in. Use at least 1024."),
               n_context);
  return FALSE;
}

static gboolean
pack_one (const Packer  *packer,
          BaleenSegment *segment,
          guint          before,
          GError       **error)
{
  const guint n = packer->sentences->sentences->len;
  guint n_tokens = 0, end;

  segment->first = find_overlap (packer, segment->own, before);
  for (guint i = segment->first; i < segment->own; i++)
    n_tokens += baleen_sentences_get (packer->sentences, i)->n_tokens;
  for (end = segment->own; end < n; end++)
    {
      n_tokens += baleen_sentences_get (packer->sentences, end)->n_tokens;
      if (n_tokens > packer->most_tokens && end > segment->own)
        break;
    }
  segment->end = find_break (packer, segment->own, end);

  return trim (packer, segment, error);
}

GArray *
baleen_segmenter_pack (const BaleenSentences *sentences,
                       const BaleenCompleter *completer,
                       const char            *format,
                       guint                  most_tokens,
                       guint                  reserve,
                       GError               **error)
{
  const Packer packer = { sentences, completer, format, most_tokens, reserve };
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (BaleenSegment));
  const guint n = sentences->sentences->len;
  guint before = 0;

  for (guint own = 0; own < n;)
    {
      BaleenSegment segment = { .own = own };

      if (!pack_one (&packer, &segment, before, error))
        return NULL;
      segment.from = own > 0 ? baleen_sentences_get (sentences, own)->from : 0;
      segment.to = segment.end < n ? baleen_sentences_get (sentences, segment.end)->from
                                   : sentences->n_characters;
      g_array_append_val (segments, segment);
      before = own;
      own = segment.end;
    }

  return g_steal_pointer (&segments);
}
