#include "command.h"

#include "baleen-settings.h"
#include "catalogue-address.h"
#include "download.h"
#include "endpoint.h"
#include "endpoint-chat.h"
#include "found-models.h"
#include "input.h"
#include "interrupt.h"
#include "json-writing.h"
#include "model-address.h"
#include "model-fit-engine.h"
#include "model-library.h"
#include "network-error.h"
#include "model-report.h"
#include "opening.h"
#include "output.h"
#include "secrets.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

static char *sha256_text, *url_text, *server_model;

static const GOptionEntry entries[] = {
  { "sha256", 0, 0, G_OPTION_ARG_STRING, &sha256_text,
    N_("get: the checksum that the file must have"), N_("DIGITS") },
  { "url", 0, 0, G_OPTION_ARG_STRING, &url_text,
    N_("add: the server's address, up to and with /v1"), N_("ADDRESS") },
  { "server-model", 0, 0, G_OPTION_ARG_STRING, &server_model,
    N_("add: the model, as the server calls it; its only one without it"), N_("NAME") },
  { NULL }
};

/* ---- list -------------------------------------------------------------------------------- */

static void
list_file (JsonBuilder            *builder, /* (nullable) */
           const BlnEngineOptions *engine_options,
           const char             *name)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = baleen_model_library_resolve (name, &problem);
  g_autoptr (BlnModel) model = path != NULL ? bln_model_open (path, &problem) : NULL;
  const BlnModelInfo *info = model != NULL ? bln_model_get_info (model) : NULL;
  g_autoptr (BaleenFit) fit
      = model != NULL ? baleen_fit_new_for_model (model, engine_options, &problem) : NULL;
  g_autofree char *verdict = fit != NULL ? baleen_fit_describe (fit, NULL, 0)
                                         : g_strdup (problem != NULL ? problem->message : "");
  GStatBuf status;
  guint64 n_bytes = path != NULL && g_stat (path, &status) == 0 ? status.st_size : 0;
  g_autofree char *size = g_format_size (n_bytes);
  g_autofree char *line = NULL;

  if (builder == NULL)
    {
      line = g_strdup_printf ("%s\t%s\t%s\t%s\t%s\n", name, size,
                              info != NULL ? info->architecture : "", path != NULL ? path : "",
                              verdict);
      baleen_output_write_foreign (line, -1);
      return;
    }
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "name", name);
  baleen_json_add_text (builder, "kind", "file");
  baleen_json_add_text (builder, "path", path != NULL ? path : "");
  baleen_json_add_whole (builder, "bytes", n_bytes);
  if (info != NULL)
    {
      baleen_json_add_text (builder, "title", info->name);
      baleen_json_add_text (builder, "architecture", info->architecture);
      baleen_json_add_whole (builder, "parameters", info->n_parameters);
      baleen_json_add_whole (builder, "context", info->n_context);
      baleen_json_add_flag (builder, "thinks", info->can_think);
    }
  if (fit != NULL)
    baleen_model_report_add_fit (builder, fit);
  else
    baleen_json_add_text (builder, "problem", verdict);
  json_builder_end_object (builder);
}

static void
list_endpoint (JsonBuilder          *builder, /* (nullable) */
               const BaleenEndpoint *endpoint)
{
  g_autofree char *name = g_strconcat (BALEEN_ENDPOINT_PREFIX, endpoint->name, NULL);
  g_autofree char *line
      = g_strdup_printf ("%s\t\t%s\t%s\n", name, endpoint->model, endpoint->address);

  if (builder == NULL)
    {
      baleen_output_write_foreign (line, -1);
      return;
    }
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "name", name);
  baleen_json_add_text (builder, "kind", "endpoint");
  baleen_json_add_text (builder, "address", endpoint->address);
  baleen_json_add_text (builder, "title", endpoint->model);
  json_builder_end_object (builder);
}

static BaleenExit
list (const BaleenOptions *options)
{
  g_auto (GStrv) names = baleen_model_library_list ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) endpoints = baleen_endpoints_load (&error);
  g_autoptr (JsonBuilder) builder = options->json ? json_builder_new () : NULL;
  BlnEngineOptions engine_options;

  if (endpoints == NULL || !baleen_get_engine_options (options, &engine_options, &error))
    return baleen_complain_of (error);
  if (builder != NULL)
    json_builder_begin_array (builder);
  for (gsize i = 0; names[i] != NULL; i++)
    list_file (builder, &engine_options, names[i]);
  for (guint i = 0; i < endpoints->len; i++)
    list_endpoint (builder, endpoints->pdata[i]);
  if (builder != NULL)
    {
      json_builder_end_array (builder);
      baleen_output_json (json_builder_get_root (builder));
    }

  return BALEEN_EXIT_DONE;
}

/* ---- get --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  gint64 start;          /* monotonic */
  guint64 n_at_start;    /* bytes that were there already */
  gboolean has_started;
} Progress;

static void
progress_cb (BaleenDownloadPhase phase,
             guint64             n_done,
             guint64             n_total,
             gpointer            user_data)
{
  Progress *progress = user_data;
  g_autofree char *done = g_format_size (n_done);
  g_autofree char *total = g_format_size (n_total);
  g_autofree char *speed = NULL;
  double seconds;

  if (!progress->has_started)
    {
      progress->has_started = TRUE;
      progress->start = g_get_monotonic_time ();
      progress->n_at_start = n_done;
    }
  seconds = (g_get_monotonic_time () - progress->start) / (double) G_USEC_PER_SEC;
  speed = g_format_size (seconds > 0.2 ? (n_done - progress->n_at_start) / seconds : 0);
  if (phase == BALEEN_DOWNLOAD_CHECKING)
    baleen_progress (_("Checking the file: %s of %s"), done, total);
  else if (phase == BALEEN_DOWNLOAD_WAITING && n_done == 0)
    baleen_progress (_("There is no answer yet. Trying again"));
  else if (phase == BALEEN_DOWNLOAD_WAITING)
    baleen_progress (_("The connection was cut at %s. Trying again"), done);
  else if (n_total > 0)
    baleen_progress (_("%s: %s of %s, %s/s"), progress->name, done, total, speed);
  else
    baleen_progress (_("%s: %s, %s/s"), progress->name, done, speed);
}

/* Where the server wants to know who asks, again with the token that is kept for it. */
static char *
run_download (const BaleenDownload *download,
              const char           *host,
              GCancellable         *cancellable,
              GError              **error)
{
  GError *problem = NULL;
  char *path = baleen_download_run (download, cancellable, &problem);
  BaleenDownload with_token = *download;
  g_autofree char *token = NULL;

  if (path != NULL)
    return path;
  if (download->token == NULL
      && g_error_matches (problem, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY))
    with_token.token = token = baleen_secrets_get ("download", host, host, NULL);
  if (token == NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  g_error_free (problem);

  return baleen_download_run (&with_token, cancellable, error);
}

static gboolean
fetch (const BaleenModelFile *file,
       GCancellable          *cancellable,
       GError               **error)
{
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  g_autoptr (GUri) uri = g_uri_parse (file->url, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : "";
  const char *environment = g_getenv ("HF_TOKEN");
  g_autofree char *token = environment != NULL && g_str_has_suffix (host, "huggingface.co")
                               ? g_strdup (environment) : NULL;
  Progress progress = { .name = file->name };
  const BaleenDownload download = {
    .url = file->url, .mirrors = (const char *const *) file->mirrors, .folder = folders[0],
    .name = file->name,
    .sha256 = sha256_text != NULL ? sha256_text : file->sha256, .n_bytes = file->n_bytes,
    .begins = "GGUF", .token = token, .progress = progress_cb, .user_data = &progress,
  };
  g_autofree char *path = run_download (&download, host, cancellable, error);

  baleen_progress_clear ();
  if (path == NULL)
    return FALSE;
  baleen_output_write (path, -1);
  baleen_output_write ("\n", 1);

  return baleen_output_flush () || TRUE;
}

/* The one in the environment, else the one of the preferences. */
static char *
find_mirror (void)
{
  const char *environment = g_getenv ("BALEEN_MIRROR");
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *kept = NULL;

  if (environment != NULL)
    return g_strdup (environment);
  settings = baleen_settings_new ();
  kept = g_settings_get_string (settings, "mirror");

  return *kept != '\0' ? g_steal_pointer (&kept) : NULL;
}

/* “r1-distill-7b:Q4_K_M” of the catalogue; NULL without an error where there is none such. */
static GPtrArray *
resolve_id (const char *text,
            const char *mirror,
            GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_load (NULL);
  const BaleenCatalogueEntry *entry
      = catalogue != NULL && parts[0] != NULL ? baleen_catalogue_find_id (catalogue, parts[0])
                                              : NULL;
  const BaleenCatalogueFile *file;
  g_autoptr (GString) names = g_string_new (NULL);

  if (entry == NULL && strchr (text, '/') == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("“%s” is neither in the catalogue nor an address. Give OWNER/NAME of a "
                   "repository, a web address, or a name that the library's catalogue has."), text);
  if (entry == NULL || entry->files->len == 0)
    return NULL;
  file = baleen_catalogue_entry_find (entry, parts[1]);
  if (file != NULL)
    return baleen_catalogue_address_list (
        file, ((const BaleenCatalogueSource *) file->sources->pdata[0])->site, mirror);
  for (guint i = 0; i < entry->files->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const BaleenCatalogueFile *) entry->files->pdata[i])->quantization);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _("“%s” has no file “%s” in the catalogue. There are: %s."), parts[0], parts[1],
               names->str);

  return NULL;
}

static GPtrArray *
resolve (const char   *address,
         GCancellable *cancellable,
         GError      **error)
{
  g_autofree char *mirror = find_mirror ();
  GError *problem = NULL;
  GPtrArray *files = resolve_id (address, mirror, &problem);

  if (files == NULL && problem == NULL)
    return baleen_model_address_resolve (address, mirror, cancellable, error);
  if (problem != NULL)
    g_propagate_error (error, problem);

  return files;
}

static BaleenExit
get (const char *address)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;
  gboolean is_done;

  if (sha256_text != NULL && !baleen_download_is_sha256 (sha256_text))
    return baleen_wrong_use ("models", _("--sha256 takes 64 digits, 0 to 9 and a to f."));
  baleen_interrupt_begin ();
  baleen_interrupt_set_cancellable (cancellable);
  files = resolve (address, cancellable, &error);
  is_done = files != NULL;
  for (guint i = 0; is_done && i < files->len; i++)
    is_done = fetch (files->pdata[i], cancellable, &error);
  baleen_interrupt_set_cancellable (NULL);
  if (baleen_interrupt_is_raised ())
    {
      baleen_complain (_("Stopped. The same command goes on from here."));
      return BALEEN_EXIT_STOPPED;
    }

  return is_done ? BALEEN_EXIT_DONE : baleen_complain_of (error);
}

/* ---- add and remove ---------------------------------------------------------------------- */

/* The key comes on standard input, so that it stands in no argument. */
static char *
read_key (void)
{
  g_autoptr (GString) line = g_string_new (NULL);

  baleen_complain (_("The server's key, or nothing, and Enter:"));
  if (!baleen_input_read_line (line))
    return NULL;
  g_strstrip (line->str);

  return *line->str != '\0' ? g_strdup (line->str) : NULL;
}

static char *
find_server_model (const char *name,
                   const char *key,
                   GError    **error)
{
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoint_new (name, url_text, "?", error);
  g_auto (GStrv) models
      = endpoint != NULL ? baleen_endpoint_list_models (endpoint, key, NULL, error) : NULL;
  g_autofree char *names = NULL;

  if (models == NULL)
    return NULL;
  if (g_strv_length (models) == 1)
    return g_strdup (models[0]);
  names = g_strjoinv (", ", models);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("Say which of the server's models is meant with --server-model: %s"), names);

  return NULL;
}

/* What would not run is not put into the library; what does stays where it lies. */
static BaleenExit
add_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autoptr (BlnModel) model = bln_model_open (whole, &error);
  g_autofree char *name = model != NULL && bln_model_check (model, &error)
                              ? baleen_model_library_link (whole, NULL, &error) : NULL;

  if (name == NULL)
    return baleen_complain_of (error);
  baleen_output_write_foreign (name, -1);

  return baleen_output_write ("\n", -1) ? BALEEN_EXIT_DONE : BALEEN_EXIT_FAILED;
}

static BaleenExit
add (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL, *model = g_strdup (server_model);
  g_autoptr (BaleenEndpoint) endpoint = NULL;

  if (url_text == NULL && g_file_test (name, G_FILE_TEST_EXISTS))
    return add_file (name);
  if (url_text == NULL)
    return baleen_wrong_use ("models", _("“add” takes a GGUF file that is here, or a name for a "
                                         "server and its address: --url."));
  key = read_key ();
  if (model == NULL)
    model = find_server_model (name, key, &error);
  if (model != NULL)
    endpoint = baleen_endpoint_new (name, url_text, model, &error);
  if (endpoint != NULL)
    endpoint->is_keyless = key == NULL;
  if (endpoint == NULL || (key != NULL && !baleen_endpoint_set_key (endpoint, key, &error))
      || !baleen_endpoints_put (endpoint, &error))
    return baleen_complain_of (error);

  return BALEEN_EXIT_DONE;
}

static BaleenExit
remove_model (const char *name)
{
  g_autoptr (GError) error = NULL;
  gboolean is_removed = baleen_endpoint_is_name (name) ? baleen_endpoints_remove (name, &error)
                                                       : baleen_model_library_remove (name, &error);

  return is_removed ? BALEEN_EXIT_DONE : baleen_complain_of (error);
}

static BaleenExit
explain_use (void)
{
  return baleen_wrong_use ("models", _("“models” is followed by list, inspect F, get ADDRESS, "
                                       "remove F, add F or add NAME --url ADDRESS."));
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  const char *word = arguments[0];
  gboolean takes_none = g_strcmp0 (word, "list") == 0;

  if (word == NULL || (arguments[1] == NULL) != takes_none
      || (!takes_none && arguments[2] != NULL))
    return explain_use ();
  baleen_use_models_folder ();
  if (takes_none)
    return list (options);
  if (g_str_equal (word, "inspect"))
    return baleen_command_inspect.run (&baleen_command_inspect, options, arguments + 1);
  if (g_str_equal (word, "get"))
    return get (arguments[1]);
  if (g_str_equal (word, "remove"))
    return remove_model (arguments[1]);
  if (g_str_equal (word, "add"))
    return add (arguments[1]);

  return explain_use ();
}

const BaleenCommand baleen_command_models = {
  .name = "models",
  .arguments = "list | inspect F | get ADDRESS | remove F | add F | add NAME --url ADDRESS",
  .summary = N_("the models there are; downloads them, adds files and servers"),
  .uses = BALEEN_USES_RUNS & ~BALEEN_USES_MODEL,
  .details = N_("ADDRESS is a name in the catalogue, a file's address, or a repository of Hugging "
                "Face (owner/name) or ModelScope (ms:owner/name), with :Q8_0 behind it for a "
                "quantization. A download that was stopped goes on with the same command. "
                "BALEEN_MIRROR in the environment is fetched from instead of Hugging Face, HF_TOKEN "
                "opens what needs it. “add F” puts a GGUF file into the library by a link and leaves "
                "it where it lies. A server becomes endpoint:NAME; its key is read from standard "
                "input into the keyring."),
  .entries = entries,
  .run = run,
};
