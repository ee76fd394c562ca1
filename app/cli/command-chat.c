#include "command.h"

#include "answer.h"
#include "input.h"
#include "interrupt.h"
#include "model-library.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  const BaleenOptions *options;
  BaleenEndpoint *endpoint; /* (owned) (nullable) a server instead of what follows */
  BlnModel *model;     /* (owned) */
  BlnEngine *engine;   /* (owned) */
  BlnSession *session; /* (owned) kept over the turns, so that only what is new is computed */
  BaleenRequest *request; /* (owned) what was said so far */
  BlnThink think;
  gboolean is_interactive; /* a person types: prompts are shown, Ctrl-C stops an answer only */
  gboolean is_over;
  BaleenExit status;
} Chat;

static void
say (Chat       *chat,
     const char *sentence)
{
  if (chat->is_interactive)
    fprintf (stderr, "%s\n", sentence);
}

static void
set_think (Chat       *chat,
           const char *word)
{
  if (*word == '\0')
    chat->think = chat->think == BLN_THINK_ON ? BLN_THINK_OFF : BLN_THINK_ON;
  else if (g_str_equal (word, "on") || g_str_equal (word, "off"))
    chat->think = g_str_equal (word, "on") ? BLN_THINK_ON : BLN_THINK_OFF;
  else
    {
      baleen_complain (_("“/think %s” is unknown: it takes on, off or nothing."), word);
      return;
    }

  say (chat, chat->think == BLN_THINK_ON ? _("The model thinks before it answers.")
                                         : _("The model answers at once."));
}

static gboolean
is_command_word (const char *line,
                 const char *word,
                 const char **rest)
{
  gsize length = strlen (word);

  if (strncmp (line, word, length) != 0 || (line[length] != '\0' && line[length] != ' '))
    return FALSE;

  *rest = line + length + strspn (line + length, " ");
  return TRUE;
}

/* One word that begins with a slash is for us; a path in a question is not. */
static gboolean
take_command (Chat       *chat,
              const char *line)
{
  const char *rest;

  if (is_command_word (line, "/think", &rest))
    set_think (chat, rest);
  else if (g_str_equal (line, "/new"))
    {
      g_ptr_array_set_size (chat->request->turns, 0);
      say (chat, _("A new conversation."));
    }
  else if (g_str_equal (line, "/quit"))
    chat->is_over = TRUE;
  else if (line[0] == '/' && line[1 + strspn (line + 1, "abcdefghijklmnopqrstuvwxyz")] == '\0')
    baleen_complain (_("“%s” is no command here; there are /new, /think and /quit."), line);
  else
    return FALSE;

  return TRUE;
}

/* A turn that failed leaves the conversation as it was; what a person can mend by writing
 * something else does not end it. */
static void
take_failure (Chat   *chat,
              GError *error)
{
  g_ptr_array_set_size (chat->request->turns, chat->request->turns->len - 1);
  if (baleen_interrupt_is_raised ())
    return;

  if (g_error_matches (error, BLN_ERROR, BLN_ERROR_TOO_LONG))
    baleen_complain (_("%s “/new” begins a new conversation."), error->message);
  else
    {
      baleen_complain_of (error);
      chat->is_over = error->domain == BLN_ERROR
                      && !g_error_matches (error, BLN_ERROR, BLN_ERROR_TEMPLATE);
    }
  chat->status = BALEEN_EXIT_FAILED;
}

static void
take_message (Chat       *chat,
              const char *line)
{
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_utf8_make_valid (line, -1);

  baleen_request_add (chat->request, BALEEN_ROLE_USER, text, NULL);
  chat->request->think = chat->think == BLN_THINK_ON    ? BALEEN_THINK_ON
                         : chat->think == BLN_THINK_OFF ? BALEEN_THINK_OFF
                                                        : BALEEN_THINK_MODEL;
  if (!(chat->endpoint != NULL
            ? baleen_answer_run_endpoint (&generation, chat->endpoint, chat->request,
                                          chat->options, FALSE, &error)
            : baleen_answer_run (&generation, chat->engine, chat->session, chat->request,
                                 chat->options, FALSE, &error)))
    {
      take_failure (chat, error);
      return;
    }

  baleen_answer_explain_stop (&generation);
  baleen_request_add (chat->request, BALEEN_ROLE_ASSISTANT, generation.answer,
                      generation.thought);
  if (generation.stop == BALEEN_STOP_CANCELLED && !baleen_interrupt_is_raised ())
    chat->is_over = TRUE; /* nobody reads the answers any more */
}

static void
heed_interrupt (Chat *chat)
{
  if (!baleen_interrupt_is_raised ())
    return;

  if (chat->is_interactive && !chat->is_over && !baleen_interrupt_is_final ())
    baleen_interrupt_reset ();
  else
    {
      chat->is_over = TRUE;
      chat->status = BALEEN_EXIT_STOPPED;
    }
}

static gboolean
read_line (Chat    *chat,
           GString *line)
{
  if (chat->is_interactive)
    fputs ("> ", stderr);
  if (baleen_input_read_line (line))
    {
      g_strstrip (line->str);
      return TRUE;
    }

  /* Ctrl-C at the prompt leaves, as Ctrl-D does. */
  chat->is_over = TRUE;
  say (chat, "");
  return FALSE;
}

static void
converse (Chat *chat)
{
  g_autoptr (GString) line = g_string_new (NULL);

  while (!chat->is_over)
    {
      if (read_line (chat, line) && *line->str != '\0' && !take_command (chat, line->str))
        take_message (chat, line->str);
      heed_interrupt (chat);
    }
}

/* What the catalogue says of the model, so that nobody expects what it cannot do. */
static void
introduce_model (BlnModel *model)
{
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_load (NULL);
  g_autofree char *base_name = g_path_get_basename (bln_model_get_path (model));
  const BaleenCatalogueEntry *entry
      = catalogue != NULL ? baleen_catalogue_find_file (catalogue, base_name) : NULL;

  fprintf (stderr, _("%s, on this computer. Nothing that you write leaves it.\n"),
           entry != NULL ? entry->name : bln_model_get_info (model)->name);
  if (entry != NULL)
    fprintf (stderr, "%s %s\n", entry->can, entry->cannot);
}

static void
introduce_endpoint (const BaleenEndpoint *endpoint)
{
  g_autofree char *host = baleen_endpoint_get_host (endpoint);

  fprintf (stderr, _("%s, at %s. What you write goes there.\n"), endpoint->model, host);
}

static void
introduce (Chat *chat)
{
  if (!chat->is_interactive)
    return;
  if (chat->endpoint != NULL)
    introduce_endpoint (chat->endpoint);
  else
    introduce_model (chat->model);
  fputs (_("/new begins anew, /think switches thinking, /quit leaves, Ctrl-C stops an "
           "answer.\n"),
         stderr);
}

static gboolean
open_chat (Chat                *chat,
           const BaleenOptions *options,
           GError             **error)
{
  chat->options = options;
  chat->think = options->think;
  chat->is_interactive = isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
  chat->request = baleen_answer_request_new (options, options->think);

  if (baleen_endpoint_is_name (options->model))
    return (chat->endpoint = baleen_endpoints_find (options->model, error)) != NULL;

  return (chat->model = baleen_open_model (options, error)) != NULL
         && (chat->engine = baleen_open_engine (options, chat->model, 0, 1, error)) != NULL
         && (chat->session = bln_session_new (chat->engine, error)) != NULL;
}

static void
close_chat (Chat *chat)
{
  g_clear_pointer (&chat->session, bln_session_free);
  g_clear_pointer (&chat->engine, baleen_close_engine);
  g_clear_pointer (&chat->model, bln_model_unref);
  g_clear_pointer (&chat->endpoint, baleen_endpoint_free);
  baleen_request_free (chat->request);
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  Chat chat = { .status = BALEEN_EXIT_DONE };

  if (arguments[0] != NULL || options->json)
    return baleen_wrong_use (command->name,
                             _("“chat” reads its lines from standard input and has neither text "
                               "nor --json; “ask” has."));

  baleen_interrupt_begin ();
  if (open_chat (&chat, options, &error))
    {
      introduce (&chat);
      converse (&chat);
    }
  else
    chat.status = baleen_complain_of (error);
  close_chat (&chat);

  return chat.status;
}

const BaleenCommand baleen_command_chat = {
  .name = "chat",
  .arguments = "",
  .summary = N_("a conversation in the terminal, a line at a time"),
  .details = N_("Lines of your own: /new begins a new conversation, /think [on|off] switches "
                "thinking, /quit leaves."),
  .run = run,
};
