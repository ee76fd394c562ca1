#include "command.h"

#include "answer.h"
#include "baleen-settings.h"
#include "chat-keeping.h"
#include "input.h"
#include "interrupt.h"
#include "model-library.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gboolean is_temporary;
static gboolean is_continued;
static char *continued_id;

/* The id may be left out, so it cannot be an ordinary argument of the option. */
static gboolean
continue_cb (const char *name,
             const char *id,
             gpointer    data,
             GError    **error)
{
  is_continued = TRUE;
  g_free (continued_id);
  continued_id = g_strdup (id);
  return TRUE;
}

static const GOptionEntry entries[] = {
  { "temporary", 0, 0, G_OPTION_ARG_NONE, &is_temporary,
    N_("Keeps nothing of the conversation"), NULL },
  { "continue", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, continue_cb,
    N_("Goes on with a conversation of the history, the last one without an id"), N_("ID") },
  { NULL }
};

typedef struct
{
  const BaleenOptions *options;
  BaleenChatKeeping *keeping; /* (owned) (nullable) nothing is kept without it */
  char *model_name;           /* (owned) as the history names it */
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
      if (chat->keeping != NULL)
        baleen_chat_keeping_begin_anew (chat->keeping);
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
keep_turn (Chat                   *chat,
           const char             *text,
           gint64                  asked,
           const BaleenGeneration *generation)
{
  const BaleenChatTurn turn = {
    .question = text,
    .asked = asked,
    .generation = generation,
    .model = chat->model_name,
    .think = chat->think == BLN_THINK_ON
             || (chat->think == BLN_THINK_MODEL && *generation->thought != '\0'),
  };

  if (chat->keeping != NULL)
    baleen_chat_keeping_add (chat->keeping, &turn);
}

static void
take_message (Chat       *chat,
              const char *line)
{
  const gint64 asked = g_get_real_time ();
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
  keep_turn (chat, text, asked, &generation);
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
introduce_model (Chat *chat)
{
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_load (NULL);
  g_autofree char *base_name = g_path_get_basename (bln_model_get_path (chat->model));
  const BaleenCatalogueEntry *entry
      = catalogue != NULL ? baleen_catalogue_find_file (catalogue, base_name) : NULL;

  chat->model_name
      = g_strdup (entry != NULL ? entry->name : bln_model_get_info (chat->model)->name);
  if (!chat->is_interactive)
    return;
  fprintf (stderr, _("%s, on this computer. Nothing that you write leaves it.\n"),
           chat->model_name);
  if (entry != NULL)
    fprintf (stderr, "%s %s\n", entry->can, entry->cannot);
}

static void
introduce_endpoint (Chat *chat)
{
  g_autofree char *host = baleen_endpoint_get_host (chat->endpoint);

  chat->model_name = g_strdup (chat->endpoint->model);
  if (chat->is_interactive)
    fprintf (stderr, _("%s, at %s. What you write goes there.\n"), chat->model_name, host);
}

static void
introduce_keeping (Chat *chat)
{
  const char *title = chat->keeping != NULL ? baleen_chat_keeping_get_title (chat->keeping) : NULL;

  if (chat->keeping == NULL)
    say (chat, _("Nothing of this conversation is kept."));
  else if (title != NULL && chat->is_interactive)
    baleen_complain (_("This goes on with “%s”."), title);
}

static void
introduce (Chat *chat)
{
  if (chat->endpoint != NULL)
    introduce_endpoint (chat);
  else
    introduce_model (chat);
  introduce_keeping (chat);
  if (chat->is_interactive)
    fputs (_("/new begins anew, /think switches thinking, /quit leaves, Ctrl-C stops an "
             "answer.\n"),
           stderr);
}

/* What the person decided about the history in the window counts here too; who names a
 * conversation of the history wants it to go on there. */
static gboolean
open_keeping (Chat    *chat,
              GError **error)
{
  g_autoptr (GSettings) settings = baleen_settings_new ();

  if (is_temporary || (!is_continued && !g_settings_get_boolean (settings, "keep-history")))
    return TRUE;

  chat->keeping = baleen_chat_keeping_new ();
  if (!is_continued)
    return TRUE;
  if (!baleen_chat_keeping_continue (chat->keeping, continued_id, chat->request, error))
    return FALSE;
  if (chat->think == BLN_THINK_MODEL && baleen_chat_keeping_get_think (chat->keeping))
    chat->think = BLN_THINK_ON;
  return TRUE;
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
  if (!open_keeping (chat, error))
    return FALSE;

  if (baleen_endpoint_is_name (options->model))
    return (chat->endpoint = baleen_endpoints_find (options->model, error)) != NULL;

  return (chat->model = baleen_open_model (options, error)) != NULL
         && (chat->engine = baleen_open_answering_engine (options, chat->model, 0, 1, error))
                != NULL
         && (chat->session = bln_session_new (chat->engine, error)) != NULL;
}

static void
close_chat (Chat *chat)
{
  g_clear_pointer (&chat->session, bln_session_free);
  g_clear_pointer (&chat->engine, baleen_close_engine);
  g_clear_pointer (&chat->model, bln_model_unref);
  g_clear_pointer (&chat->endpoint, baleen_endpoint_free);
  g_clear_pointer (&chat->keeping, baleen_chat_keeping_free);
  g_free (chat->model_name);
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
  if (is_temporary && is_continued)
    return baleen_wrong_use (command->name,
                             _("“--temporary” keeps nothing and “--continue” goes on in the "
                               "history: give one of them."));

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
  .uses = BALEEN_USES_ANSWERS,
  .details = N_("Lines of your own: /new begins a new conversation, /think [on|off] switches "
                "thinking, /quit leaves. The conversation is kept in the history, where the "
                "window shows it too."),
  .entries = entries,
  .run = run,
};
