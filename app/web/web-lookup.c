#include "web-lookup.h"

#include "framing.h"
#include "query.h"
#include "research.h"
#include "secrets.h"
#include "web-cache.h"

#include <glib/gi18n.h>

typedef struct
{
  BaleenLookup lookup;
  GSettings *settings; /* borrowed */
} WebLookup;

/* What a search needs until it is over: the key is fetched on a thread, because the keyring may
 * ask to be unlocked. */
typedef struct
{
  const BaleenSearchProvider *provider;
  char *address;  /* (owned) */
  char *key;      /* (owned) (nullable) */
  char *question; /* (owned) */
  char **queries; /* (owned) */
  char *message;  /* (owned) */
  guint n_pages;
  gsize n_characters;
  gboolean is_private;
  BaleenLookupStepFunc step;
  gpointer step_data;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->address);
  g_free (search->key);
  g_free (search->question);
  g_strfreev (search->queries);
  g_free (search->message);
  g_free (search);
}

static const BaleenSearchProvider *
get_provider (GSettings *settings)
{
  g_autofree char *id = g_settings_get_string (settings, "search-provider");
  const BaleenSearchProvider *provider = baleen_search_provider_find (id);

  return provider != NULL ? provider : &baleen_search_searxng;
}

/* Of a service with a key the host is told without asking for the key: the keyring is not
 * unlocked only to draw a button. */
static char *
dup_host (gpointer data)
{
  WebLookup *self = data;
  const BaleenSearchProvider *provider = get_provider (self->settings);
  g_autofree char *address = g_settings_get_string (self->settings, "search-address");
  const BaleenSearchAccess access = { address, NULL };

  if (!provider->needs_address)
    return g_strdup (provider->host);
  return baleen_search_provider_get_host (provider, &access);
}

static char **
suggest (gpointer    data,
         const char *question)
{
  char **queries = g_new0 (char *, 2);

  queries[0] = baleen_query_from_question (question);
  return queries;
}

/* A line of the list, and where it says more than the line does, the status of all of it. */
static void
tell (const Search             *search,
      const BaleenResearchStep *step,
      char                     *status, /* (nullable) taken */
      char                     *words,  /* (nullable) taken */
      BaleenStepState           state)
{
  g_autofree char *owned_status = status;
  g_autofree char *owned_words = words;
  const BaleenLookupStep told
      = { status, words != NULL ? step->text : NULL, words, step->title, state };

  search->step (&told, search->step_data);
}

static void
step_cb (const BaleenResearchStep *step,
         gpointer                  user_data)
{
  const Search *search = user_data;

  switch (step->event)
    {
    case BALEEN_RESEARCH_SEARCHING:
      tell (search, step, g_strdup_printf (_("Searching “%s” at %s"), step->text, step->host),
            g_strdup_printf (_("Searching “%s” at %s"), step->text, step->host),
            BALEEN_STEP_RUNNING);
      break;
    case BALEEN_RESEARCH_SEARCHED:
      tell (search, step, NULL,
            g_strdup_printf (g_dngettext (NULL, "“%s”: %u result", "“%s”: %u results",
                                          step->n_done),
                             step->text, step->n_done),
            BALEEN_STEP_DONE);
      break;
    case BALEEN_RESEARCH_FOUND:
      tell (search, step,
            g_strdup_printf (_("%u results"), step->n_done), NULL, BALEEN_STEP_DONE);
      break;
    case BALEEN_RESEARCH_READING:
    case BALEEN_RESEARCH_READ:
      tell (search, step,
            g_strdup_printf (_("Read %u of %u pages: %s"), step->n_done, step->n_total,
                             step->host),
            step->event == BALEEN_RESEARCH_READ ? g_strdup_printf (_("%s: read"), step->host)
                                                : g_strdup_printf (_("%s: reading…"), step->host),
            step->event == BALEEN_RESEARCH_READ ? BALEEN_STEP_DONE : BALEEN_STEP_RUNNING);
      break;
    case BALEEN_RESEARCH_SEARCH_FAILED:
    case BALEEN_RESEARCH_REFUSED:
      tell (search, step, g_strdup (step->error->message), g_strdup (step->error->message),
            BALEEN_STEP_FAILED);
      break;
    }
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *sources = baleen_research_finish (result, &error);

  if (sources != NULL)
    g_task_return_pointer (task, sources, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
begin_research (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  const BaleenResearchOptions options = {
    .provider = search->provider,
    .access = { search->address, search->key },
    .question = search->question,
    .queries = (const char *const *) search->queries,
    .n_pages = search->n_pages,
    .n_characters = search->n_characters,
    .message = search->message,
    .is_private = search->is_private,
    .reuses_results = TRUE,
    .func = step_cb,
    .user_data = search,
  };

  baleen_research_async (&options, g_task_get_cancellable (task), found_cb, g_object_ref (task));
}

static void
fetch_key (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  const BaleenSearchProvider *provider = data;
  GError *error = NULL;
  char *key = baleen_secrets_get ("search", provider->id, provider->host, &error);

  if (key != NULL)
    g_task_return_pointer (task, key, g_free);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             _("%s needs a key. Enter it in the preferences."), provider->name);
}

static void
key_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  search->key = g_task_propagate_pointer (G_TASK (result), &error);
  if (search->key != NULL)
    begin_research (task);
  else
    g_task_return_error (task, error);
}

static void
search_async (gpointer                 data,
              const BaleenLookupOrder *order,
              GCancellable            *cancellable,
              GAsyncReadyCallback      callback,
              gpointer                 user_data)
{
  WebLookup *self = data;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) errand = NULL;
  Search *search = g_new0 (Search, 1);

  /* Being stopped is answered with what there is. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, search_async);
  g_task_set_task_data (task, search, search_free);
  search->provider = get_provider (self->settings);
  search->address = g_settings_get_string (self->settings, "search-address");
  search->question = g_strdup (order->question);
  search->queries = order->queries != NULL ? g_strdupv ((char **) order->queries)
                                           : suggest (self, order->question);
  search->message = g_strdup (order->message);
  search->n_pages = g_settings_get_int (self->settings, "search-pages");
  baleen_web_cache_set_days (g_settings_get_int (self->settings, "keep-pages-days"));
  search->n_characters = order->n_characters;
  search->is_private = order->is_private;
  search->step = order->step;
  search->step_data = order->step_data;
  if (!search->provider->needs_key)
    {
      begin_research (task);
      return;
    }
  errand = g_task_new (NULL, cancellable, key_cb, g_object_ref (task));
  g_task_set_task_data (errand, (gpointer) search->provider, NULL);
  g_task_run_in_thread (errand, fetch_key);
}

static GPtrArray *
search_finish (GAsyncResult *result,
               GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, search_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- words ---------------------------------------------------------------------------- */

static char *
get_date (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

static char *
make_words_prompt (gpointer    data,
                   const char *question,
                   const char *earlier)
{
  g_autofree char *date = get_date ();

  return baleen_query_make_prompt (question, earlier, date);
}

static char **
read_words (gpointer    data,
            const char *question,
            const char *earlier,
            const char *reply)
{
  return baleen_query_read_answer (question, earlier, reply);
}

/* ---- framing -------------------------------------------------------------------------- */

static char *
take_answer (gpointer    frame,
             GPtrArray  *sources,
             const char *answer)
{
  return baleen_framed_take_answer (frame, sources, answer);
}

static BaleenFinding *
frame (gpointer    data,
       const char *question,
       GPtrArray  *sources,
       gboolean    is_small)
{
  BaleenFinding *finding = g_new0 (BaleenFinding, 1);
  g_autofree char *date = get_date ();
  BaleenFramed *framed
      = baleen_framing_make (is_small ? BALEEN_FRAMING_SENTENCES : BALEEN_FRAMING_PAGES, question,
                             date, sources);

  finding->prompt = g_strdup (framed->prompt);
  finding->frame = framed;
  finding->take_answer = take_answer;
  finding->frame_free = (GDestroyNotify) baleen_framed_free;
  return finding;
}

/* ---- what goes wrong ------------------------------------------------------------------ */

static BaleenRemedy
get_remedy (const GError *error)
{
  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_NOT_FOUND)
    return BALEEN_REMEDY_SEARCH_KEY;
  if (error->domain != BALEEN_NETWORK_ERROR)
    return BALEEN_REMEDY_SEARCH;
  switch ((BaleenNetworkError) error->code)
    {
    case BALEEN_NETWORK_ERROR_LIMIT:
      return BALEEN_REMEDY_SEARCH_WAIT;
    case BALEEN_NETWORK_ERROR_CAPTCHA:
      return BALEEN_REMEDY_SEARCH_SERVICE;
    case BALEEN_NETWORK_ERROR_KEY:
      return BALEEN_REMEDY_SEARCH_KEY;
    case BALEEN_NETWORK_ERROR_ADDRESS:
      return BALEEN_REMEDY_SEARCH_SET_UP;
    default:
      return BALEEN_REMEDY_SEARCH;
    }
}

static gint64
get_free_at (gpointer data)
{
  g_autofree char *host = dup_host (data);

  return host != NULL ? baleen_web_search_get_free_at (host) : 0;
}

BaleenLookup *
baleen_web_lookup_new (GSettings *settings)
{
  WebLookup *self = g_new0 (WebLookup, 1);

  self->settings = settings;
  self->lookup = (BaleenLookup) { self,  dup_host,          suggest,    search_async, search_finish,
                                  frame, make_words_prompt, read_words, get_remedy,   get_free_at };
  return &self->lookup;
}

void
baleen_web_lookup_free (BaleenLookup *lookup)
{
  g_free (lookup->data);
}

const char *const *
baleen_web_lookup_list_services (void)
{
  static const char *ids[16];
  const BaleenSearchProvider *const *providers = baleen_search_providers ();

  for (gsize i = 0; providers[i] != NULL && i + 1 < G_N_ELEMENTS (ids); i++)
    ids[i] = providers[i]->id;
  return ids;
}

gboolean
baleen_web_lookup_describe (const char          *id,
                            BaleenSearchService *service)
{
  const BaleenSearchProvider *provider = baleen_search_provider_find (id);

  if (provider == NULL)
    return FALSE;
  *service = (BaleenSearchService) { provider->name, _(provider->about), provider->host,
                                     provider->needs_address, provider->needs_key };
  return TRUE;
}
