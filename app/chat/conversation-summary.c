#include "conversation-summary.h"

#include <string.h>

#include "text-language.h"

/* Shares of the context: what one request reads at most, what it writes at most, and how long
 * a summary may be before it is summarized again. */
#define PART_SHARE 2
#define ANSWER_SHARE 16
#define WHOLE_SHARE 6

#define LONGEST_ANSWER 600
#define ROUNDS_AT_MOST 4

/* What is said: the built-in model was taught this sentence. */
static const char english[] = "Summarize the following text:\n\n";
static const char chinese[] = "请总结下面的对话，保留事实、数字、决定和尚未回答的问题：\n\n";

typedef struct
{
  BaleenEngineService *engine; /* (owned) */
  char *text;                  /* (owned) what was said, with who said it */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->engine);
  g_free (work->text);
  g_free (work);
}

static char *
write_down (GPtrArray *messages)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      BaleenMessage *message = messages->pdata[i];
      const char *words = baleen_message_get_text (message);
      const gboolean is_chinese = baleen_text_is_chinese (words);

      if (baleen_message_get_role (message) == BALEEN_ROLE_USER)
        g_string_append (text, is_chinese ? "用户：" : "User: ");
      else if (baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT)
        g_string_append (text, is_chinese ? "助手：" : "Assistant: ");
      g_string_append_printf (text, "%s\n\n", words);
    }
  return g_string_free (text, FALSE);
}

static BaleenRequest *
make_request (const char *text,
              gsize       length,
              gint64      max_tokens)
{
  BaleenRequest *request = baleen_request_new (BALEEN_THINK_OFF);
  g_autofree char *part = g_strndup (text, length);
  g_autofree char *prompt
      = g_strconcat (baleen_text_is_chinese (part) ? chinese : english, part, NULL);

  baleen_request_add (request, BALEEN_ROLE_USER, prompt, NULL);
  request->max_tokens = max_tokens;
  request->temperature = 0;
  request->has_seed = TRUE;
  return request;
}

/* The end of the longest beginning that a request can read: at a blank line, else at a line's
 * end, else at a character's. Halving finds it, as tokens grow with the text. */
static gsize
find_cut (const char *text,
          gsize       length)
{
  const char *cut = g_strrstr_len (text, length, "\n\n");

  if (cut == NULL || cut == text)
    cut = g_strrstr_len (text, length, "\n");
  if (cut == NULL || cut == text)
    cut = g_utf8_find_prev_char (text, text + length);
  return cut != NULL && cut > text ? cut - text : length;
}

/* `*n_taken` bytes of the text in one request of at most `n_tokens`. */
static BaleenRequest *
take_part (BaleenEngineService *engine,
           const char          *text,
           gint64               n_tokens,
           gint64               max_tokens,
           gsize               *n_taken,
           GError             **error)
{
  gsize length = strlen (text);

  while (TRUE)
    {
      g_autoptr (BaleenRequest) request = make_request (text, length, max_tokens);
      g_autoptr (BaleenPromptCount) count
          = baleen_engine_service_count (engine, request, error);

      if (count == NULL)
        return NULL;
      if (count->total <= n_tokens || length < 64)
        {
          *n_taken = length;
          return g_steal_pointer (&request);
        }
      length = find_cut (text, MAX (length * n_tokens / count->total * 19 / 20, 32));
    }
}

static gint64
get_n_context (BaleenEngineService *engine,
               GError             **error)
{
  g_autoptr (BaleenRequest) request = make_request ("", 0, 1);
  g_autoptr (BaleenPromptCount) count = baleen_engine_service_count (engine, request, error);

  return count != NULL ? (gint64) count->n_context : -1;
}

typedef struct
{
  GPtrArray *answers; /* of char * */
  GError *error;      /* (owned) (nullable) the first part that failed */
} Answers;

/* Answers come in any order and are joined in that of the parts. With a part missing it would
 * be no summary. */
static void
keep_answer_cb (guint                   item,
                const BaleenGeneration *generation,
                const GError           *error,
                gpointer                user_data)
{
  Answers *answers = user_data;

  if (generation != NULL)
    answers->answers->pdata[item] = g_strstrip (g_strdup (generation->answer));
  else if (answers->error == NULL)
    answers->error = g_error_copy (error);
}

static char *
join (GPtrArray *answers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < answers->len; i++)
    if (answers->pdata[i] != NULL && *(char *) answers->pdata[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "",
                              (char *) answers->pdata[i]);
  return g_string_free (text, FALSE);
}

static char *
summarize_once (BaleenEngineService *engine,
                const char          *text,
                gint64               n_context,
                GCancellable        *cancellable,
                GError             **error)
{
  g_autoptr (BaleenBatch) batch = baleen_batch_new (BALEEN_PRIORITY_SUMMARY);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  Answers answers = { list, NULL };
  const gint64 max_tokens = MIN (LONGEST_ANSWER, n_context / ANSWER_SHARE);

  while (*text != '\0')
    {
      gsize n_taken;
      BaleenRequest *request
          = take_part (engine, text, n_context / PART_SHARE, max_tokens, &n_taken, error);

      if (request == NULL)
        return NULL;
      baleen_batch_add (batch, request);
      text += n_taken;
      while (*text == '\n')
        text++;
    }
  g_ptr_array_set_size (list, baleen_batch_get_n_requests (batch));
  baleen_batch_set_item_func (batch, keep_answer_cb, &answers, NULL);
  if (!baleen_engine_service_run_batch (engine, batch, cancellable, error))
    {
      g_clear_error (&answers.error);
      return NULL;
    }
  if (answers.error != NULL)
    {
      g_propagate_error (error, answers.error);
      return NULL;
    }
  return join (list);
}

static void
make_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autofree char *text = g_strdup (work->text);
  const gint64 n_context = get_n_context (work->engine, &error);
  gboolean is_short = FALSE;

  for (guint i = 0; error == NULL && i < ROUNDS_AT_MOST && !is_short; i++)
    {
      g_autofree char *longer = g_steal_pointer (&text);
      gsize n_taken = 0;

      text = summarize_once (work->engine, longer, n_context, cancellable, &error);
      if (text != NULL)
        {
          g_autoptr (BaleenRequest) rest
              = take_part (work->engine, text, n_context / WHOLE_SHARE, 1, &n_taken, &error);

          is_short = rest != NULL && n_taken == strlen (text);
        }
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&text), g_free);
}

void
baleen_conversation_summary_make_async (BaleenEngineService *engine,
                                        GPtrArray           *messages,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->engine = g_object_ref (engine);
  work->text = write_down (messages);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, make_in_thread);
}

char *
baleen_conversation_summary_make_finish (GAsyncResult *result,
                                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
