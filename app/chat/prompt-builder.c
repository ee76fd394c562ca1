#include "prompt-builder.h"

#include <string.h>

#include "baleen-attachment.h"
#include "conversation-note.h"
#include "text-language.h"

#include <string.h>

#define LONGEST_ANSWER 4096
#define THOUGHT_BUDGET 8192

BaleenAnswerSettings *
baleen_answer_settings_new (void)
{
  BaleenAnswerSettings *settings = g_new0 (BaleenAnswerSettings, 1);

  settings->longest_answer = LONGEST_ANSWER;
  settings->thought_budget = THOUGHT_BUDGET;
  settings->temperature = -1;
  settings->top_p = -1;
  return settings;
}

BaleenAnswerSettings *
baleen_answer_settings_copy (const BaleenAnswerSettings *settings)
{
  BaleenAnswerSettings *copy = g_memdup2 (settings, sizeof *settings);

  copy->about = g_strdup (settings->about);
  return copy;
}

void
baleen_answer_settings_free (BaleenAnswerSettings *settings)
{
  g_free (settings->about);
  g_free (settings);
}

static gboolean
is_sent (BaleenMessage *message)
{
  return !baleen_message_get_is_left_out (message)
         && baleen_message_get_text_length (message) > 0;
}

/* The path from the first message to `last`. */
static GPtrArray *
list_path (BaleenConversation *conversation,
           BaleenMessage      *last)
{
  GPtrArray *path = g_ptr_array_new ();

  for (BaleenMessage *m = last; m != NULL;
       m = baleen_conversation_get_parent (conversation, m))
    g_ptr_array_insert (path, 0, m);
  return path;
}

/* A note tells the model what it is. */
static void
add_note (BaleenRequest *request,
          BaleenMessage *note)
{
  const char *text = baleen_message_get_text (note);
  g_autofree char *words
      = g_strconcat (baleen_text_is_chinese (text) ? "此前对话的摘要：\n"
                                                   : "Summary of what was said before:\n",
                     text, NULL);

  baleen_request_add (request, BALEEN_ROLE_SYSTEM, words, NULL);
}

/* A model's template takes one system turn, at the beginning. */
static void
add_system (BaleenRequest              *request,
            GPtrArray                  *path,
            const BaleenAnswerSettings *settings)
{
  if (settings->about != NULL && *settings->about != '\0')
    baleen_request_add (request, BALEEN_ROLE_SYSTEM, settings->about, NULL);
  for (guint i = 0; i < path->len; i++)
    {
      BaleenMessage *m = path->pdata[i];

      if (baleen_message_get_role (m) != BALEEN_ROLE_SYSTEM || !is_sent (m))
        continue;
      if (baleen_note_is_note (m))
        add_note (request, m);
      else
        baleen_request_add (request, BALEEN_ROLE_SYSTEM, baleen_message_get_text (m), NULL);
    }
}

BaleenRequest *
baleen_prompt_builder_build (BaleenConversation         *conversation,
                             BaleenMessage              *last,
                             const char                 *system,
                             const char                 *draft,
                             BaleenThink                 think,
                             const BaleenAnswerSettings *settings)
{
  BaleenRequest *request = baleen_request_new (think);
  g_autoptr (GPtrArray) path = list_path (conversation, last);

  request->max_tokens = settings->longest_answer;
  request->thought_budget = settings->thought_budget;
  request->temperature = settings->temperature;
  request->top_p = settings->top_p;
  add_system (request, path, settings);
  if (system != NULL)
    baleen_request_add (request, BALEEN_ROLE_SYSTEM, system, NULL);
  for (guint i = 0; i < path->len; i++)
    {
      BaleenMessage *m = path->pdata[i];
      g_autofree char *text = is_sent (m) ? baleen_attachments_frame_text (m) : NULL;

      if (text == NULL || baleen_message_get_role (m) == BALEEN_ROLE_SYSTEM)
        continue;
      baleen_request_add (request, baleen_message_get_role (m), text,
                          baleen_message_get_thought (m));
      baleen_request_mark_files (request, text,
                                 strlen (text) - baleen_message_get_text_length (m));
    }
  if (draft != NULL)
    baleen_request_add (request, BALEEN_ROLE_USER, draft, NULL);
  return request;
}
