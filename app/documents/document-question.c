#include "document-question.h"

#include "sentence-splitter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OPENING \
  "Below are passages from a document. Each sentence begins with its label, like [S1].\n\n"
#define TASK \
  "Answer from the passages and end with the labels of the sentences that support the answer."

/* Passages are read best when they are few. */
#define MOST_TOKENS 6000
#define MOST_HITS 200
/* Sentences after and before one that was found, which it may lean on, where there is room. */
#define NEIGHBOURS 1
#define ROOM_FOR_NEIGHBOURS 400

/* Which sentences are shown, while they are chosen. */
typedef struct
{
  const BaleenSentences *sentences;
  const BaleenCompleter *completer;
  char *ending;        /* (owned) after the sentences */
  guint max_tokens;    /* of the answer */
  gboolean *is_chosen; /* (owned) for each sentence */
  GArray *order;       /* (owned) of guint: in the order in which they were chosen */
  gsize n_tokens;      /* of these, about */
} Choice;

static gboolean
is_han (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (baleen_is_wide_letter (g_utf8_get_char (at)))
      return TRUE;

  return FALSE;
}

static GArray *
collect (const Choice *choice)
{
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < choice->sentences->sentences->len; i++)
    if (choice->is_chosen[i])
      g_array_append_val (shown, i);
  return shown;
}

/* The whole prompt; `n_shared` is where the question begins. */
static char *
make_prompt (const Choice *choice,
             const GArray *shown,
             gsize        *n_shared)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < shown->len; i++)
    baleen_sentences_append_labelled (choice->sentences, g_array_index (shown, guint, i), i + 1,
                                      text);
  g_string_prepend (text, OPENING);
  g_string_append (text, "\n\n");
  *n_shared = text->len;
  g_string_append (text, choice->ending);
  return g_strdup (text->str);
}

static void
choose (Choice *choice,
        guint   index,
        gsize   most_tokens)
{
  const guint n_tokens = baleen_sentences_get (choice->sentences, index)->n_tokens;

  if (choice->is_chosen[index] || choice->n_tokens + n_tokens > most_tokens)
    return;
  choice->is_chosen[index] = TRUE;
  choice->n_tokens += n_tokens;
  g_array_append_val (choice->order, index);
}

/* The sentence at a character of the document. */
static guint
find_sentence (const BaleenSentences *sentences,
               gsize                  place)
{
  guint low = 0, high = sentences->sentences->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (baleen_sentences_get (sentences, middle)->from <= place)
        low = middle;
      else
        high = middle;
    }

  return low;
}

static void
choose_around (Choice *choice,
               guint   index,
               gsize   most_tokens)
{
  const guint n = choice->sentences->sentences->len;
  const guint paragraph = baleen_sentences_get (choice->sentences, index)->paragraph;

  choose (choice, index, most_tokens);
  for (guint i = 1; i <= NEIGHBOURS && most_tokens >= ROOM_FOR_NEIGHBOURS; i++)
    {
      if (index + i < n
          && baleen_sentences_get (choice->sentences, index + i)->paragraph == paragraph)
        choose (choice, index + i, most_tokens);
      if (index >= i && baleen_sentences_get (choice->sentences, index - i)->paragraph <= paragraph)
        choose (choice, index - i, most_tokens);
    }
}

static gboolean
choose_passages (Choice             *choice,
                 BaleenReadingStore *store,
                 const char         *question,
                 gsize               most_tokens,
                 GError            **error)
{
  g_autoptr (BaleenReadingStore) passing
      = store == NULL ? baleen_reading_store_new_in_memory () : NULL;
  g_autoptr (GArray) places = baleen_reading_store_search (
      store != NULL ? store : passing, choice->sentences, question, MOST_HITS, error);

  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    choose_around (choice, find_sentence (choice->sentences, g_array_index (places, gsize, i)),
                   most_tokens);
  /* A question whose words are nowhere is about the whole, which its beginning tells best. */
  for (guint i = 0; choice->order->len == 0 && i < choice->sentences->sentences->len; i++)
    {
      const BaleenSentence *sentence = baleen_sentences_get (choice->sentences, i);

      if (choice->n_tokens + sentence->n_tokens > most_tokens)
        break;
      choice->is_chosen[i] = TRUE;
      choice->n_tokens += sentence->n_tokens;
    }

  return TRUE;
}

static gboolean
count (const Choice *choice,
       const char   *prompt,
       gsize        *n_tokens,
       GError      **error)
{
  return choice->completer->count_prompt (choice->completer->data, prompt, n_tokens, error);
}

/* Lets go of what was chosen last until prompt and answer fit to the token. */
static BaleenDocumentQuestion *
make_fit (Choice  *choice,
          GError **error)
{
  for (;;)
    {
      g_autoptr (GArray) shown = collect (choice);
      gsize n_shared, n_tokens;
      g_autofree char *prompt = make_prompt (choice, shown, &n_shared);
      BaleenDocumentQuestion *self;
      guint last;

      if (!count (choice, prompt, &n_tokens, error))
        return NULL;
      if (n_tokens + choice->max_tokens <= choice->completer->n_context)
        {
          self = g_new0 (BaleenDocumentQuestion, 1);
          self->prompt = g_steal_pointer (&prompt);
          self->max_tokens = choice->max_tokens;
          self->shown = g_steal_pointer (&shown);
          self->n_shared = choice->order->len == 0 ? n_shared : 0;
          self->is_beginning = choice->order->len == 0
                               && self->shown->len < choice->sentences->sentences->len;
          return self;
        }
      if (shown->len <= 1)
        break;
      last = choice->order->len > 0
                 ? g_array_index (choice->order, guint, choice->order->len - 1)
                 : g_array_index (shown, guint, shown->len - 1);
      choice->is_chosen[last] = FALSE;
      if (choice->order->len > 0)
        g_array_set_size (choice->order, choice->order->len - 1);
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               _("The question leaves no room for the document in a context of %u tokens. Shorten "
                 "it, or use a larger --context."),
               choice->completer->n_context);
  return NULL;
}

/* Whether the whole document fits; then everything is chosen. */
static gboolean
choose_whole (Choice   *choice,
              gsize     most_tokens,
              gboolean *fits,
              GError  **error)
{
  const guint n = choice->sentences->sentences->len;
  gsize n_tokens = 0, n_shared;
  g_autoptr (GArray) shown = NULL;
  g_autofree char *prompt = NULL;

  *fits = FALSE;
  for (guint i = 0; i < n; i++)
    n_tokens += baleen_sentences_get (choice->sentences, i)->n_tokens;
  if (n_tokens > most_tokens + most_tokens / 8)
    return TRUE;

  for (guint i = 0; i < n; i++)
    choice->is_chosen[i] = TRUE;
  shown = collect (choice);
  prompt = make_prompt (choice, shown, &n_shared);
  if (!count (choice, prompt, &n_tokens, error))
    return FALSE;
  *fits = n_tokens + choice->max_tokens <= choice->completer->n_context;
  for (guint i = 0; !*fits && i < n; i++)
    choice->is_chosen[i] = FALSE;

  return TRUE;
}

const char *
baleen_document_question_get_warning (const BaleenDocumentQuestion *self)
{
  return self->is_beginning
             ? _("The document has none of the question's words. This is from its beginning.")
             : NULL;
}

BaleenDocumentQuestion *
baleen_document_question_new (const BaleenSentences *sentences,
                              const char            *question,
                              const BaleenCompleter *completer,
                              BaleenReadingStore    *store,
                              guint                  max_tokens,
                              GError               **error)
{
  const char *language
      = is_han (question) && !completer->is_english_only ? " Answer in Chinese." : "";
  g_autofree char *ending = g_strdup_printf ("Question: %s\n" TASK "%s", question, language);
  g_autofree gboolean *is_chosen = g_new0 (gboolean, sentences->sentences->len + 1);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  Choice choice = { sentences, completer, ending, max_tokens, is_chosen, order, 0 };
  gsize most = completer->n_context > max_tokens ? completer->n_context - max_tokens : 0;
  gboolean fits;

  if (completer->n_passages > 0)
    most = MIN (most, completer->n_passages);
  if (!choose_whole (&choice, most, &fits, error))
    return NULL;
  if (!fits && !choose_passages (&choice, store, question, MIN (most, MOST_TOKENS), error))
    return NULL;

  return make_fit (&choice, error);
}

void
baleen_document_question_free (BaleenDocumentQuestion *self)
{
  g_array_unref (self->shown);
  g_free (self->prompt);
  g_free (self);
}

static guint
find_number (GArray *cited,
             guint   sentence)
{
  for (guint i = 0; i < cited->len; i++)
    if (g_array_index (cited, guint, i) == sentence)
      return i + 1;
  g_array_append_val (cited, sentence);
  return cited->len;
}

/* “[S7][S9]” becomes “[1][2]”; labels that do not exist go. */
static char *
number_labels (const BaleenDocumentQuestion *self,
               const char                   *answer,
               GArray                       *cited)
{
  GString *text = g_string_new (NULL);

  for (const char *at = answer; *at != '\0';)
    {
      const char *end = *at == '[' && at[1] == 'S' ? strchr (at, ']') : NULL;
      g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char *bracket = end != NULL ? g_strndup (at, end + 1 - at) : NULL;
      g_autofree char *rest = bracket != NULL ? baleen_strip_labels (bracket, labels) : NULL;

      if (rest == NULL || *rest != '\0')
        {
          const char *next = g_utf8_next_char (at);

          g_string_append_len (text, at, next - at);
          at = next;
          continue;
        }
      for (guint i = 0; i < labels->len; i++)
        {
          guint label = g_array_index (labels, guint, i);

          if (label >= 1 && label <= self->shown->len)
            g_string_append_printf (
                text, "[%u]",
                find_number (cited, g_array_index (self->shown, guint, label - 1)));
        }
      at = end + 1;
    }

  return g_strstrip (g_string_free (text, FALSE));
}

BaleenClaim *
baleen_document_question_take_answer (const BaleenDocumentQuestion *self,
                                      const BaleenSentences        *sentences,
                                      const char                   *answer)
{
  g_autoptr (GArray) cited = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *numbered = number_labels (self, answer, cited);
  g_autofree char *plain = baleen_strip_labels (answer, NULL);
  g_autoptr (BaleenClaim) check = baleen_claim_new (plain, 0);
  BaleenClaim *claim = baleen_claim_new (numbered, 0);

  for (guint i = 0; i < cited->len; i++)
    baleen_claim_add_sentence (check, g_array_index (cited, guint, i));
  baleen_claim_verify (check, sentences, cited->len == 0 ? self->shown : NULL);
  claim->is_verified = check->is_verified;
  if (cited->len == 0 && check->is_verified)
    {
      /* It said where from by saying it. */
      for (guint i = 0; i < check->sentences->len; i++)
        g_array_append_val (cited, g_array_index (check->sentences, guint, i));
      g_free (claim->text);
      claim->text = cited->len == 1 ? g_strconcat (numbered, " [1]", NULL)
                                    : g_strconcat (numbered, " [1][2]", NULL);
    }
  /* In the order of their numbers, not of the document. */
  g_array_set_size (claim->sentences, 0);
  g_array_append_vals (claim->sentences, cited->data, cited->len);

  return claim;
}
