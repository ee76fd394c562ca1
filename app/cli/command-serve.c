#include "command.h"

#include "interrupt.h"
#include "json-writing.h"
#include "openai-service.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>
#include <glib-unix.h>
#include <stdio.h>

#define USUAL_PORT 8080
#define USUAL_CONTEXT 8192

static char *key_text;
static int port = USUAL_PORT, n_clients = 4;

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port,
    N_("The port to listen on; 8080 without it, 0 takes any that is free"), N_("N") },
  { "key", 0, 0, G_OPTION_ARG_STRING, &key_text,
    N_("The key that clients must send; a new one is made and printed without it. "
       "BALEEN_SERVE_KEY in the environment keeps it out of the list of processes"), N_("K") },
  { "clients", 0, 0, G_OPTION_ARG_INT, &n_clients,
    N_("How many are answered at once, 1 to 8; 4 without it"), N_("N") },
  { NULL }
};

static gboolean
interrupted_cb (int          fd,
                GIOCondition condition,
                gpointer     loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

static OpenaiService *
open_service (const BaleenOptions *options,
              const char          *key,
              GError             **error)
{
  g_autoptr (BlnModel) model = baleen_open_model (options, error);
  BlnEngine *engine;
  BaleenServing *serving;

  if (model == NULL)
    return NULL;
  engine = baleen_open_answering_engine (options, model,
                                         MIN (bln_model_get_info (model)->n_context,
                                              USUAL_CONTEXT),
                                         n_clients, error);
  if (engine == NULL)
    return NULL;
  /* The serving stops and frees it. */
  baleen_interrupt_set_engine (NULL);
  serving = baleen_serving_new (engine, n_clients, error);
  if (serving == NULL)
    return NULL;

  return openai_service_new (serving, bln_model_get_info (model)->name, port, key, error);
}

/* On standard output, so that whoever starts it can read where it is. */
static void
introduce (const BaleenOptions *options,
           OpenaiService       *service,
           const char          *key)
{
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u/v1", openai_service_get_port (service));

  if (options->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "address", address);
      baleen_json_add_text (builder, "key", key);
      json_builder_end_object (builder);
      baleen_output_json (json_builder_get_root (builder));
    }
  else
    {
      g_autofree char *lines
          = g_strdup_printf (_("Address: %s\nKey: %s\n"), address, key);

      baleen_output_write (lines, -1);
    }
  baleen_output_flush ();
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  const char *environment = g_getenv ("BALEEN_SERVE_KEY");
  g_autofree char *key = g_strdup (key_text != NULL ? key_text : environment);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (OpenaiService) service = NULL;
  g_autoptr (GError) error = NULL;

  if (arguments[0] != NULL)
    return baleen_wrong_use (command->name, _("“serve” takes options only."));
  if (port < 0 || port > G_MAXUINT16)
    return baleen_wrong_use (command->name, _("--port is a number from 0 to 65535."));
  if (n_clients < 1 || n_clients > BALEEN_SERVING_MOST)
    return baleen_wrong_use (command->name, _("--clients is a number from 1 to 8."));
  if (key != NULL && *key == '\0')
    return baleen_wrong_use (command->name, _("The key must not be empty."));
  if (key == NULL)
    key = openai_service_make_key ();

  baleen_interrupt_begin ();
  service = open_service (options, key, &error);
  if (service == NULL)
    return baleen_interrupt_is_raised () ? BALEEN_EXIT_STOPPED : baleen_complain_of (error);
  introduce (options, service, key);
  g_unix_fd_add (baleen_interrupt_get_fd (), G_IO_IN, interrupted_cb, loop);
  g_main_loop_run (loop);

  return BALEEN_EXIT_STOPPED;
}

const BaleenCommand baleen_command_serve = {
  .name = "serve",
  .arguments = "",
  .summary = N_("the model as an OpenAI-compatible API, for programs on this computer"),
  .uses = BALEEN_USES_ANSWERS,
  .details = N_("It listens on the loopback address alone, wants its key of every client, and "
                "answers no web page. /v1/models, /v1/chat/completions and /v1/completions, "
                "streamed or whole. Ctrl-C ends it."),
  .entries = entries,
  .run = run,
};
