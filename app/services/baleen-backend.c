#include "baleen-backend.h"

G_DEFINE_QUARK (baleen-backend-error-quark, baleen_backend_error)

static void
turn_free (gpointer data)
{
  BaleenTurn *turn = data;

  g_free (turn->text);
  g_free (turn->thought);
  g_free (turn);
}

/* A longer answer can be continued; a model that never ends is ended. */
#define MAX_TOKENS 4096

BaleenRequest *
baleen_request_new (gboolean think)
{
  BaleenRequest *request = g_new0 (BaleenRequest, 1);

  request->turns = g_ptr_array_new_with_free_func (turn_free);
  request->think = think;
  request->max_tokens = MAX_TOKENS;
  return request;
}

void
baleen_request_free (BaleenRequest *request)
{
  g_ptr_array_unref (request->turns);
  g_free (request->begun_text);
  g_free (request->begun_thought);
  g_free (request);
}

/* Templates want user and assistant to take turns: a question that was never answered joins
 * the next one. */
void
baleen_request_add (BaleenRequest *request,
                    BaleenRole     role,
                    const char    *text,
                    const char    *thought)
{
  BaleenTurn *last = request->turns->len > 0
                         ? request->turns->pdata[request->turns->len - 1]
                         : NULL;
  BaleenTurn *turn;

  if (last != NULL && last->role == role)
    {
      g_autofree char *before = last->text;

      last->text = g_strconcat (before, "\n\n", text, NULL);
      return;
    }

  turn = g_new0 (BaleenTurn, 1);
  turn->role = role;
  turn->text = g_strdup (text);
  turn->thought = thought != NULL && *thought != '\0' ? g_strdup (thought) : NULL;
  g_ptr_array_add (request->turns, turn);
}
