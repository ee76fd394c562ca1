#include "stub-completer.h"

#include "bln-engine.h"
#include "model-library.h"
#include "prompt-rendering.h"

#include <string.h>

static gboolean
count_text_cb (gpointer    data,
               const char *text,
               gsize      *n_tokens,
               GError    **error)
{
  StubCompleter *self = data;
  g_autofree gint32 *tokens = bln_model_tokenize (self->model, text, -1, 0, n_tokens, error);

  return tokens != NULL;
}

static gboolean
count_prompt_cb (gpointer    data,
                 const char *text,
                 gsize      *n_tokens,
                 GError    **error)
{
  StubCompleter *self = data;
  g_autoptr (BaleenRequest) request = baleen_request_new (BALEEN_THINK_OFF);
  g_autoptr (BaleenRendering) rendering = NULL;

  baleen_request_add (request, BALEEN_ROLE_USER, text, NULL);
  rendering = baleen_rendering_new (self->model, request, error);
  if (rendering != NULL)
    *n_tokens = rendering->tokens->len;
  return rendering != NULL;
}

static gboolean
holds_fact (const StubCompleter *self,
            const char          *sentence)
{
  for (guint i = 0; self->facts[i] != NULL; i++)
    if (strstr (sentence, self->facts[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* “[S3] text” for every label: the text up to the next. */
static GPtrArray *
find_sentences (const char *prompt)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  const char *at = strstr (prompt, "\n\n[S1] ");
  const char *end = at != NULL ? strstr (at + 2, "\n\n") : NULL;
  g_autofree char *body = end != NULL ? g_strndup (at + 2, end - at - 2) : g_strdup ("");

  at = body;
  for (guint label = 1;; label++)
    {
      g_autofree char *mark = g_strdup_printf ("[S%u] ", label);
      g_autofree char *next_mark = g_strdup_printf (" [S%u] ", label + 1);
      const char *start = strstr (at, mark), *next;

      if (start == NULL)
        return sentences;
      start += strlen (mark);
      next = strstr (start, next_mark);
      g_ptr_array_add (sentences, next != NULL ? g_strndup (start, next - start)
                                               : g_strdup (start));
      at = next != NULL ? next + 1 : start + strlen (start);
    }
}

static char *
answer_questions (const StubCompleter *self,
                  const char          *prompt,
                  GPtrArray           *sentences)
{
  const char *question = strstr (prompt, "\n\nQuestion: ");

  for (guint i = 0; i < sentences->len; i++)
    {
      const char *sentence = g_ptr_array_index (sentences, i);

      for (guint j = 0; self->facts[j] != NULL; j++)
        {
          /* A question names the fact by its first words. */
          g_autofree char *name = g_utf8_substring (self->facts[j], 0, 8);

          if (strstr (question, name) != NULL && strstr (sentence, self->facts[j]) != NULL)
            return g_strdup_printf ("%s [S%u]", sentence, i + 1);
        }
    }

  return g_strdup ("The passages do not say anything about it.");
}

static char *
make_answer (const StubCompleter *self,
             const char          *prompt)
{
  g_autoptr (GPtrArray) sentences = find_sentences (prompt);
  GString *answer = g_string_new (NULL);
  gboolean is_prose = strstr (prompt, "connected prose") != NULL;
  gboolean is_qa = strstr (prompt, "“Q:”") != NULL;
  gboolean is_merge = strstr (prompt, "List the main points") == NULL
                      || sentences->len <= self->n_fillers;
  guint n_fillers = is_merge ? 0 : self->n_fillers;

  if (strstr (prompt, "\n\nQuestion: ") != NULL)
    {
      g_string_free (answer, TRUE);
      return answer_questions (self, prompt, sentences);
    }
  for (guint i = 0; i < sentences->len; i++)
    {
      const char *sentence = g_ptr_array_index (sentences, i);

      if (!holds_fact (self, sentence) && (n_fillers == 0 || strlen (sentence) > 120))
        continue;
      if (!holds_fact (self, sentence))
        n_fillers--;
      if (is_prose)
        g_string_append_printf (answer, "%s%s [S%u]%s", self->has_bullets ? "- " : "", sentence,
                                i + 1, self->has_bullets ? "\n" : " ");
      else if (is_qa)
        g_string_append_printf (answer, "Q: What?\nA: %s [S%u]\n", sentence, i + 1);
      else
        g_string_append_printf (answer, "- %s [S%u]\n", sentence, i + 1);
    }

  if (is_prose && self->repeats_itself)
    {
      g_autofree char *first = g_strndup (answer->str, strcspn (answer->str, "]") + 1);

      g_string_append (answer, first);
    }

  return g_string_free (answer, FALSE);
}

static gboolean
complete_cb (gpointer                       data,
             const BaleenCompletionRequest *requests,
             gsize                          n_requests,
             BaleenCompletedFunc            func,
             gpointer                       user_data,
             GCancellable                  *cancellable,
             GError                       **error)
{
  StubCompleter *self = data;

  /* The last first: nobody may rely on an order. */
  for (gsize i = n_requests; i > 0; i--)
    {
      const BaleenCompletionRequest *request = &requests[i - 1];
      g_autofree char *text = make_answer (self, request->text);
      BaleenCompletionAnswer answer = { .text = text };
      gsize n_prompt, n_answer;

      self->n_calls++;
      if (self->cancel_after > 0 && self->n_calls > self->cancel_after)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped.");
          return FALSE;
        }
      count_prompt_cb (self, request->text, &n_prompt, NULL);
      count_text_cb (self, text, &n_answer, NULL);
      g_assert_cmpuint (n_prompt + request->max_tokens, <=, self->completer.n_context);
      g_assert_cmpuint (n_answer, <=, request->max_tokens);
      g_assert_cmpfloat (request->temperature, <=, 0.3f);
      g_assert_true (request->shared == NULL || g_str_has_prefix (request->text, request->shared));
      self->n_most = MAX (self->n_most, n_prompt + request->max_tokens);
      answer.n_prompt = n_prompt;
      answer.n_answer = n_answer;
      if (self->n_calls == self->fails_at)
        answer.text = NULL;
      if (!func (i - 1, &answer, user_data, error))
        return FALSE;
    }

  return TRUE;
}

StubCompleter *
stub_completer_new (guint              n_context,
                    const char *const *facts)
{
  StubCompleter *self = g_new0 (StubCompleter, 1);
  g_autofree char *path = baleen_model_library_resolve (NULL, NULL);
  const BaleenCompleter completer = {
    .data = self,
    .model_key = "stub",
    .n_context = n_context,
    .n_parallel = 4,
    .count_text = count_text_cb,
    .count_prompt = count_prompt_cb,
    .complete = complete_cb,
  };

  self->model = bln_model_open (path, NULL);
  g_assert_nonnull (self->model);
  self->completer = completer;
  self->facts = facts;
  return self;
}

void
stub_completer_free (StubCompleter *self)
{
  bln_model_unref (self->model);
  g_free (self);
}
