#include "ask-search.h"

#include "asked-model.h"
#include "baleen-settings.h"
#include "framing.h"
#include "interrupt.h"
#include "json-writing.h"
#include "network-log.h"
#include "output.h"
#include "query.h"
#include "research.h"

#include <glib/gi18n.h>
#include <glib-unix.h>
#include <string.h>

#define MOST_CONTEXT 16384
#define SHARE_OF_ANSWER 4
#define MOST_ANSWER 1024
/* Of the context, what passages may take, and what they never need more than. */
#define SHARE_OF_PASSAGES 2
#define MOST_PASSAGE_TOKENS 6000
/* Less than most texts have, so that passages rather come out too short than too long. */
#define CHARACTERS_A_TOKEN 3
#define QUERY_TOKENS 96

/* Everything that one question needs. */
typedef struct
{
  const BaleenOptions *options;
  const char *question;
  char *date;                          /* (owned) */
  char *address;                       /* (owned) (nullable) */
  const BaleenSearchProvider *provider;
  BaleenAskedModel model;              /* (owned) */
  char **queries;                      /* (owned) */
  GPtrArray *sources;                  /* (owned) of BaleenSource */
  BaleenFramed *framed;                /* (owned) */
} Asking;

static void
asking_clear (Asking *self)
{
  baleen_asked_model_clear (&self->model);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->framed, baleen_framed_free);
  g_strfreev (self->queries);
  g_free (self->address);
  g_free (self->date);
}

static char *
get_date (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/* What was given here, in the environment, or in the settings, in this order. */
static void
find_service (Asking     *self,
              const char *address)
{
  const char *environment = g_getenv ("BALEEN_SEARCH_URL");

  if (address == NULL && environment != NULL && *environment != '\0')
    address = environment;
  self->provider = &baleen_search_searxng;
  if (address != NULL)
    self->address = g_strdup (address);
  else
    {
      g_autoptr (GSettings) settings = baleen_settings_new ();
      g_autofree char *kept = g_settings_get_string (settings, "search-address");

      if (*kept != '\0')
        self->address = g_steal_pointer (&kept);
    }
}

/* A model that reads best in small parts has little to add to a question. */
static gboolean
is_small (const Asking *self)
{
  return self->model.completer->n_part > 0;
}

static gboolean
write_queries (Asking  *self,
               GError **error)
{
  g_autoptr (BaleenRequest) request = NULL;
  g_auto (BaleenGeneration) generation = { 0 };
  g_autofree char *prompt = NULL;

  if (is_small (self))
    {
      self->queries = g_new0 (char *, 2);
      self->queries[0] = baleen_query_from_question (self->question);
      return TRUE;
    }
  prompt = baleen_query_make_prompt (self->question, NULL, self->date);
  request = baleen_answer_request_new (self->options, BLN_THINK_OFF);
  request->max_tokens = QUERY_TOKENS;
  request->temperature = 0;
  baleen_request_add (request, BALEEN_ROLE_USER, prompt, NULL);
  if (!baleen_asked_model_answer (&self->model, request, &generation, error))
    return FALSE;
  self->queries = baleen_query_read_answer (self->question, NULL, generation.answer);

  return TRUE;
}

static void
step_cb (const BaleenResearchStep *step,
         gpointer                  data)
{
  const Asking *self = data;

  switch (step->event)
    {
    case BALEEN_RESEARCH_SEARCHING:
      baleen_progress (_("Searching “%s” at %s"), step->text, step->host);
      break;
    case BALEEN_RESEARCH_SEARCHED:
      break;
    case BALEEN_RESEARCH_FOUND:
      baleen_progress (_("%u results"), step->n_done);
      break;
    case BALEEN_RESEARCH_READING:
    case BALEEN_RESEARCH_READ:
      baleen_progress (_("Read %u of %u pages: %s"), step->n_done, step->n_total, step->host);
      break;
    case BALEEN_RESEARCH_SEARCH_FAILED:
      /* The only query's failure is what the command ends with. */
      if (self->queries[1] == NULL)
        break;
      G_GNUC_FALLTHROUGH;
    case BALEEN_RESEARCH_REFUSED:
      baleen_progress_clear ();
      baleen_complain ("%s", step->error->message);
      break;
    }
}

static gboolean
interrupted_cb (int          fd,
                GIOCondition condition,
                gpointer     cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static gsize
get_room (const Asking *self)
{
  gsize tokens = MIN (self->model.completer->n_context / SHARE_OF_PASSAGES, MOST_PASSAGE_TOKENS);

  if (is_small (self))
    tokens = MIN (tokens, self->model.completer->n_part);

  return tokens * CHARACTERS_A_TOKEN;
}

static gboolean
research (Asking  *self,
          GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  const BaleenResearchOptions options = {
    .provider = self->provider,
    .access = { self->address, NULL },
    .question = self->question,
    .queries = (const char *const *) self->queries,
    .n_characters = get_room (self),
    .func = step_cb,
    .user_data = self,
  };
  guint watch = g_unix_fd_add (baleen_interrupt_get_fd (), G_IO_IN, interrupted_cb, cancellable);

  baleen_research_async (&options, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!g_cancellable_is_cancelled (cancellable))
    g_source_remove (watch);
  baleen_progress_clear ();
  self->sources = baleen_research_finish (result, error);

  return self->sources != NULL && !baleen_interrupt_is_raised ();
}

static guint
get_max_tokens (const Asking *self)
{
  return self->options->max_tokens > 0
             ? self->options->max_tokens
             : MIN (self->model.completer->n_context / SHARE_OF_ANSWER, MOST_ANSWER);
}

/* What does not fit is not shown, and then it is no source either. */
static gboolean
frame (Asking  *self,
       GError **error)
{
  gsize n_tokens;

  for (;;)
    {
      g_clear_pointer (&self->framed, baleen_framed_free);
      self->framed = baleen_framing_make (
          is_small (self) ? BALEEN_FRAMING_SENTENCES : BALEEN_FRAMING_PAGES, self->question,
          self->date, self->sources);
      if (!self->model.completer->count_prompt (self->model.completer->data, self->framed->prompt,
                                                &n_tokens, error))
        return FALSE;
      if (n_tokens + get_max_tokens (self) <= self->model.completer->n_context
          || self->sources->len == 1)
        return TRUE;
      g_ptr_array_set_size (self->sources, self->sources->len - 1);
    }
}

static void
add_found (JsonBuilder  *builder,
           const Asking *self)
{
  baleen_json_add_texts (builder, "queries", self->queries);
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->sources->len; i++)
    {
      BaleenSource *source = self->sources->pdata[i];

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "n", baleen_source_get_number (source));
      baleen_json_add_text (builder, "url", baleen_source_get_url (source));
      baleen_json_add_text (builder, "title", baleen_source_get_title (source));
      baleen_json_add_text (builder, "passage", baleen_source_get_passage (source));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Hosts that were really reached, each once. */
static void
add_network (JsonBuilder *builder)
{
  GListModel *entries = baleen_network_log_get_entries (baleen_network_log_get ());
  guint n = g_list_model_get_n_items (entries);
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenNetworkEntry) entry = g_list_model_get_item (entries, i);
      guint64 bytes = baleen_network_entry_get_sent (entry)
                      + baleen_network_entry_get_received (entry);
      guint64 *sum = g_hash_table_lookup (sums, baleen_network_entry_get_host (entry));

      if (bytes == 0)
        continue;
      if (sum == NULL)
        {
          char *host = g_strdup (baleen_network_entry_get_host (entry));

          sum = g_new0 (guint64, 1);
          g_hash_table_insert (sums, host, sum);
          g_ptr_array_add (hosts, host);
        }
      *sum += bytes;
    }

  json_builder_set_member_name (builder, "network");
  json_builder_begin_array (builder);
  for (guint i = 0; i < hosts->len; i++)
    {
      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "host", hosts->pdata[i]);
      baleen_json_add_whole (builder, "bytes",
                             *(guint64 *) g_hash_table_lookup (sums, hosts->pdata[i]));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const Asking           *self,
            const BaleenGeneration *generation,
            const char             *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_answer_add_members (builder, answer, self->model.name, generation);
  add_found (builder, self);
  add_network (builder);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static void
print_text (const Asking *self,
            const char   *answer)
{
  baleen_output_write_foreign (answer, -1);
  baleen_output_write ("\n\n", 2);
  for (guint i = 0; i < self->sources->len; i++)
    {
      BaleenSource *source = self->sources->pdata[i];
      g_autofree char *line
          = g_strdup_printf ("[%d] %s\n    %s\n", baleen_source_get_number (source),
                             baleen_source_get_title (source), baleen_source_get_url (source));

      baleen_output_write_foreign (line, -1);
    }
  baleen_output_flush ();
}

static gboolean
answer (Asking    *self,
        gboolean  *is_stopped,
        GError   **error)
{
  g_autoptr (BaleenRequest) request
      = baleen_answer_request_new (self->options, self->options->think);
  g_auto (BaleenGeneration) generation = { 0 };
  g_autofree char *text = NULL;

  request->max_tokens = get_max_tokens (self);
  baleen_request_add (request, BALEEN_ROLE_USER, self->framed->prompt, NULL);
  if (!baleen_asked_model_answer (&self->model, request, &generation, error))
    return FALSE;

  text = baleen_framed_take_answer (self->framed, self->sources, generation.answer);
  *is_stopped = generation.stop == BALEEN_STOP_CANCELLED && baleen_interrupt_is_raised ();
  if (self->options->json)
    print_json (self, &generation, text);
  else
    {
      print_text (self, text);
      baleen_answer_explain_stop (&generation);
    }

  return TRUE;
}

BaleenExit
baleen_ask_search (const BaleenOptions *options,
                   const char          *address,
                   const char          *question)
{
  g_autoptr (GError) error = NULL;
  Asking self = { .options = options, .question = question, .date = get_date () };
  gboolean is_stopped = FALSE;
  gboolean is_done;

  find_service (&self, address);
  baleen_interrupt_begin ();
  is_done = baleen_asked_model_open (&self.model, options, MOST_CONTEXT, &error)
            && write_queries (&self, &error) && research (&self, &error) && frame (&self, &error)
            && answer (&self, &is_stopped, &error);
  asking_clear (&self);
  if (!is_done && !baleen_interrupt_is_raised ())
    return baleen_complain_of (error);

  return is_done && !is_stopped ? BALEEN_EXIT_DONE : BALEEN_EXIT_STOPPED;
}
