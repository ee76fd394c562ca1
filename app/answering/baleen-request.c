#include "baleen-request.h"

#include <string.h>

/* A longer answer can be continued; a model that never ends is ended. */
#define MAX_TOKENS 4096
#define THOUGHT_BUDGET 8192

static void
turn_free (gpointer data)
{
  BaleenTurn *turn = data;

  g_free (turn->text);
  g_free (turn->thought);
  g_free (turn);
}

BaleenRequest *
baleen_request_new (BaleenThink think)
{
  BaleenRequest *request = g_new0 (BaleenRequest, 1);

  request->turns = g_ptr_array_new_with_free_func (turn_free);
  request->think = think;
  request->max_tokens = MAX_TOKENS;
  request->thought_budget = THOUGHT_BUDGET;
  request->temperature = -1;
  request->top_p = -1;
  return request;
}

static BaleenTurn *
add_turn (BaleenRequest *request,
          BaleenRole     role,
          const char    *text,
          const char    *thought)
{
  BaleenTurn *turn = g_new0 (BaleenTurn, 1);

  turn->role = role;
  turn->text = g_strdup (text);
  turn->thought = thought != NULL && *thought != '\0' ? g_strdup (thought) : NULL;
  g_ptr_array_add (request->turns, turn);
  return turn;
}

BaleenRequest *
baleen_request_copy (const BaleenRequest *request)
{
  BaleenRequest *copy = g_memdup2 (request, sizeof *request);

  copy->turns = g_ptr_array_new_with_free_func (turn_free);
  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];
      BaleenTurn *copied = add_turn (copy, turn->role, turn->text, turn->thought);

      copied->files_start = turn->files_start;
      copied->files_end = turn->files_end;
    }
  copy->state_path = g_strdup (request->state_path);
  copy->state_folder = g_strdup (request->state_folder);
  copy->begun_text = g_strdup (request->begun_text);
  copy->begun_thought = g_strdup (request->begun_thought);
  return copy;
}

void
baleen_request_free (BaleenRequest *request)
{
  g_ptr_array_unref (request->turns);
  g_free (request->state_path);
  g_free (request->state_folder);
  g_free (request->begun_text);
  g_free (request->begun_thought);
  g_free (request);
}

void
baleen_request_add (BaleenRequest *request,
                    BaleenRole     role,
                    const char    *text,
                    const char    *thought)
{
  BaleenTurn *last = request->turns->len > 0
                         ? request->turns->pdata[request->turns->len - 1]
                         : NULL;

  if (last != NULL && last->role == role)
    {
      g_autofree char *before = last->text;

      last->text = g_strconcat (before, "\n\n", text, NULL);
    }
  else
    add_turn (request, role, text, thought);
}

/* Where a turn was joined to one before, that one's files are counted with its words. */
void
baleen_request_mark_files (BaleenRequest *request,
                           const char    *text,
                           gsize          n_bytes)
{
  BaleenTurn *last = request->turns->pdata[request->turns->len - 1];

  g_return_if_fail (n_bytes <= strlen (text) && g_str_has_suffix (last->text, text));

  last->files_start = strlen (last->text) - strlen (text);
  last->files_end = last->files_start + n_bytes;
}
