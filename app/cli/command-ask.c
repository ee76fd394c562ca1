#include "command.h"

#include "answer.h"
#include "ask-document.h"
#include "ask-points.h"
#include "ask-search.h"
#include "input.h"
#include "interrupt.h"
#include "json-writing.h"
#include "opening.h"
#include "output.h"
#include "template-library.h"
#include "template-values.h"

#include <glib/gi18n.h>
#include <string.h>

static char *template_name, **assignments, **documents, *document_path, *search_address;
static gboolean is_search, is_in_points;

static const GOptionEntry entries[] = {
  { "template", 0, 0, G_OPTION_ARG_STRING, &template_name,
    N_("A prompt template: an id of “templates list”, or a file"), N_("ID|FILE") },
  { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &assignments,
    N_("Fills in a field of the template; once for each"), N_("FIELD=TEXT") },
  { "points", 0, 0, G_OPTION_ARG_NONE, &is_in_points,
    N_("Answers the points of a complex question one after the other, and joins them"), NULL },
  { "document", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &documents,
    N_("Asks about a document, and names the places of the answer"), N_("FILE") },
  { "search", 0, 0, G_OPTION_ARG_NONE, &is_search,
    N_("Searches the web first, and answers with sources"), NULL },
  { "search-url", 0, 0, G_OPTION_ARG_STRING, &search_address,
    N_("The SearXNG server to search with; BALEEN_SEARCH_URL or the settings without it"),
    N_("ADDRESS") },
  { NULL }
};

/* What is sent: the question, or the template with it. */
typedef struct
{
  char *system; /* (nullable) */
  char *prompt;
} Request;

static void
request_clear (Request *request)
{
  g_free (request->system);
  g_free (request->prompt);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

/* The question: the words of the command line, or standard input for “-”. */
static char *
get_question (char   **arguments,
              GError **error)
{
  g_autofree char *text = NULL;
  char *question;
  gsize length;

  if (g_str_equal (arguments[0], "-") && arguments[1] == NULL)
    text = baleen_input_read_all (&length, error);
  else
    {
      text = g_strjoinv (" ", arguments);
      length = strlen (text);
    }
  if (text == NULL)
    return NULL;

  question = g_utf8_make_valid (text, length);
  g_strchomp (question);
  return question;
}

static gboolean
fill_template (Request     *request,
               const char  *question,
               GError     **error)
{
  g_autoptr (BaleenTemplate) template_ = baleen_template_library_open (template_name, error);
  g_autoptr (GHashTable) values = baleen_template_values_new ();

  if (template_ == NULL)
    return FALSE;
  for (gsize i = 0; assignments != NULL && assignments[i] != NULL; i++)
    if (!baleen_template_values_assign (values, template_, assignments[i], error))
      return FALSE;

  request->prompt = baleen_template_values_compose (values, template_, question,
                                                    &request->system, error);
  return request->prompt != NULL;
}

static void
print_json (const BaleenGeneration *generation,
            const Request          *request,
            const char             *model_name)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_answer_add_members (builder, generation->answer, model_name, generation);
  if (template_name != NULL)
    baleen_json_add_text (builder, "prompt", request->prompt);
  if (request->system != NULL)
    baleen_json_add_text (builder, "system", request->system);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static gboolean
answer (BaleenGeneration    *generation,
        BlnModel            *model,
        const BaleenRequest *request,
        const BaleenOptions *options,
        GError             **error)
{
  BlnEngine *engine = baleen_open_answering_engine (options, model, 0, 1, error);
  BlnSession *session;
  gboolean is_done;

  if (engine == NULL)
    return FALSE;

  session = bln_session_new (engine, error);
  is_done = session != NULL
            && baleen_answer_run (generation, engine, session, request, options, options->json,
                                  error);
  g_clear_pointer (&session, bln_session_free);
  baleen_close_engine (engine);

  return is_done;
}

/* Elsewhere, by a server. */
static gboolean
ask_endpoint (const BaleenOptions  *options,
              const BaleenRequest  *sent,
              BaleenGeneration     *generation,
              char                **model_name,
              GError              **error)
{
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoints_find (options->model, error);

  if (endpoint == NULL
      || !baleen_answer_run_endpoint (generation, endpoint, sent, options, options->json, error))
    return FALSE;
  *model_name = g_strdup (endpoint->model);

  return TRUE;
}

/* Here, by a file. */
static gboolean
ask_model (const BaleenOptions  *options,
           const BaleenRequest  *sent,
           BaleenGeneration     *generation,
           char                **model_name,
           GError              **error)
{
  g_autoptr (BlnModel) model = baleen_open_model (options, error);

  if (model == NULL || !answer (generation, model, sent, options, error))
    return FALSE;
  *model_name = g_strdup (bln_model_get_info (model)->name);

  return TRUE;
}

static gboolean
ask (const BaleenOptions *options,
     const Request       *request,
     gboolean            *is_stopped,
     GError             **error)
{
  g_autoptr (BaleenRequest) sent = baleen_answer_request_new (options, options->think);
  g_auto (BaleenGeneration) generation = { 0 };
  g_autofree char *model_name = NULL;

  if (request->system != NULL)
    baleen_request_add (sent, BALEEN_ROLE_SYSTEM, request->system, NULL);
  baleen_request_add (sent, BALEEN_ROLE_USER, request->prompt, NULL);
  if (!(baleen_endpoint_is_name (options->model)
            ? ask_endpoint (options, sent, &generation, &model_name, error)
            : ask_model (options, sent, &generation, &model_name, error)))
    return FALSE;

  if (options->json)
    print_json (&generation, request, model_name);
  else
    baleen_answer_explain_stop (&generation);
  *is_stopped = generation.stop == BALEEN_STOP_CANCELLED && baleen_interrupt_is_raised ();

  return TRUE;
}

/* The request of the command line; else the status to end with. */
static BaleenExit
get_request (const BaleenCommand  *command,
             const BaleenOptions  *options,
             char                **arguments,
             Request              *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *question = NULL;

  if (assignments != NULL && template_name == NULL)
    return baleen_wrong_use (command->name, _("--set fills in a template: give --template too."));
  document_path = documents != NULL ? documents[0] : NULL;
  if (document_path != NULL && documents[1] != NULL)
    return baleen_wrong_use (command->name,
                             _("--document takes one file: ask about each by itself."));
  if (document_path != NULL && template_name != NULL)
    return baleen_wrong_use (command->name, _("--document and --template do not go together."));
  if (is_search && (document_path != NULL || template_name != NULL))
    return baleen_wrong_use (command->name,
                             _("--search goes with neither --document nor --template."));
  if (is_in_points && (is_search || document_path != NULL
                       || baleen_endpoint_is_name (options->model)))
    return baleen_wrong_use (command->name, _("--points asks a model on this computer, without "
                                              "--document and --search."));
  if (search_address != NULL && !is_search)
    return baleen_wrong_use (command->name, _("--search-url needs --search too."));
  if (arguments[0] == NULL && template_name == NULL)
    return baleen_wrong_use (command->name,
                             _("“ask” needs a question, or “-” to read it from standard input."));

  question = arguments[0] != NULL ? get_question (arguments, &error) : g_strdup ("");
  if (question == NULL)
    return baleen_complain_of (error);
  if (template_name != NULL)
    return fill_template (request, question, &error) ? BALEEN_EXIT_DONE
                                                     : baleen_complain_of (error);
  if (*question == '\0')
    return baleen_wrong_use (command->name, _("The question is empty."));

  request->prompt = g_steal_pointer (&question);
  return BALEEN_EXIT_DONE;
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (Request) request = { 0 };
  gboolean is_stopped = FALSE;
  BaleenExit status = get_request (command, options, arguments, &request);

  if (status != BALEEN_EXIT_DONE)
    return status;

  if (document_path != NULL)
    return baleen_ask_document (options, document_path, request.prompt);
  if (is_in_points)
    return baleen_ask_points (options, request.prompt, request.system);
  if (is_search)
    return baleen_ask_search (options, search_address, request.prompt);

  baleen_interrupt_begin ();
  if (!ask (options, &request, &is_stopped, &error))
    return baleen_interrupt_is_raised () ? BALEEN_EXIT_STOPPED : baleen_complain_of (error);

  return is_stopped ? BALEEN_EXIT_STOPPED : BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_ask = {
  .name = "ask",
  .arguments = "TEXT",
  .summary = N_("one answer; “-” reads the question from standard input"),
  .uses = BALEEN_USES_ANSWERS,
  .entries = entries,
  .run = run,
};
