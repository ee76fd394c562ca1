#include "research.h"

#include "passages.h"
#include "query.h"
#include "result-cache.h"
#include "web-page.h"

#include <glib/gi18n-lib.h>

#define USUAL_PAGES 6
/* A page that cannot be read is replaced by the next result, up to so many tries. */
#define MOST_TRIES 12

typedef struct
{
  const BaleenSearchProvider *provider;
  char *address, *key;  /* (owned) (nullable) */
  char *question;       /* (owned) */
  char **queries;       /* (owned) */
  char *message;        /* (owned) (nullable) */
  BaleenResearchOptions options;
  GPtrArray *results;   /* (owned) of BaleenSearchResult, best first */
  GPtrArray *found;     /* (owned) of GPtrArray: those of each query, until all are there */
  GPtrArray *pages;     /* (owned) of BaleenWebPage, NULL where none, by result */
  guint n_searching;    /* queries on their way */
  guint n_reading;      /* pages on their way */
  guint n_tried, n_read;
  GError *error;        /* (owned) (nullable) the first thing that went wrong */
} Research;

/* One query or page on its way. */
typedef struct
{
  GTask *task; /* (owned) */
  guint index;
} Errand;

static void read_more (GTask *task);

static void
research_free (gpointer data)
{
  Research *research = data;

  g_free (research->address);
  g_free (research->key);
  g_free (research->question);
  g_strfreev (research->queries);
  g_free (research->message);
  g_ptr_array_unref (research->results);
  g_ptr_array_unref (research->found);
  g_ptr_array_unref (research->pages);
  g_clear_error (&research->error);
  g_free (research);
}

static Errand *
errand_new (GTask *task,
            guint  index)
{
  Errand *errand = g_new (Errand, 1);

  errand->task = g_object_ref (task);
  errand->index = index;

  return errand;
}

static GTask *
errand_end (Errand *errand,
            guint  *index)
{
  GTask *task = errand->task;

  *index = errand->index;
  g_free (errand);

  return task;
}

static const char *
find_title (Research   *research,
            const char *url)
{
  for (guint i = 0; url != NULL && i < research->results->len; i++)
    {
      const BaleenSearchResult *result = research->results->pdata[i];

      if (g_str_equal (result->url, url))
        return result->title;
    }
  return NULL;
}

static void
tell (Research            *research,
      BaleenResearchEvent  event,
      const char          *text,
      guint                n_done,
      const GError        *error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  BaleenResearchStep step = { event, text, NULL, find_title (research, text), n_done, 0, error };

  if (research->options.func == NULL)
    return;
  if (event == BALEEN_RESEARCH_READING || event == BALEEN_RESEARCH_READ
      || event == BALEEN_RESEARCH_REFUSED)
    {
      uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
      step.host = uri != NULL ? g_uri_get_host (uri) : text;
      step.n_total = MIN (research->options.n_pages, research->results->len);
    }
  else
    step.host = host = baleen_search_provider_get_host (research->provider,
                                                        &research->options.access);
  research->options.func (&step, research->options.user_data);
}

static void
keep_error (Research     *research,
            const GError *error)
{
  if (research->error == NULL)
    research->error = g_error_copy (error);
}

/* What pages make of the question: a source each. */
static GPtrArray *
make_sources (Research *research)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();
  g_autofree char *queries = g_strjoinv (" ", research->queries);
  g_autofree char *words = g_strjoin (" ", research->question, queries, NULL);
  g_autoptr (GArray) passages = NULL;

  for (guint i = 0; i < research->pages->len; i++)
    if (research->pages->pdata[i] != NULL)
      {
        BaleenWebPage *page = research->pages->pdata[i];

        g_ptr_array_add (documents, page->document);
        g_ptr_array_add (owners, GUINT_TO_POINTER (i));
      }
  passages = baleen_passages_choose (documents, words, research->options.n_characters);
  for (guint i = 0; i < passages->len; i++)
    {
      const BaleenPassage *passage = &g_array_index (passages, BaleenPassage, i);
      guint index = GPOINTER_TO_UINT (owners->pdata[passage->page]);
      BaleenWebPage *page = research->pages->pdata[index];
      const BaleenSearchResult *result = research->results->pdata[index];
      g_autofree char *text = baleen_document_get_text (page->document);
      g_autofree char *stretch = g_utf8_substring (text, passage->start, passage->end);

      g_ptr_array_add (sources,
                       baleen_source_new (sources->len + 1,
                                          *page->title != '\0' ? page->title : result->title,
                                          page->url, NULL, 0, stretch));
      baleen_source_set_date (sources->pdata[sources->len - 1], result->date);
    }

  return sources;
}

/* With what there is, whether it was stopped or came to its end. */
static void
finish (GTask *task)
{
  Research *research = g_task_get_task_data (task);
  GError *error = NULL;

  if (research->n_read > 0)
    {
      g_task_return_pointer (task, make_sources (research), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    g_task_return_error (task, error);
  else if (research->results->len > 0)
    g_task_return_new_error (task, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                             _("None of the pages that were found could be read. %s"),
                             research->error != NULL ? research->error->message : "");
  else if (research->error != NULL)
    g_task_return_error (task, g_steal_pointer (&research->error));
  else
    g_task_return_new_error (task, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                             _("Nothing was found. Ask in other words."));
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  guint index;
  g_autoptr (GTask) task = errand_end (data, &index);
  Research *research = g_task_get_task_data (task);
  const char *url = ((BaleenSearchResult *) research->results->pdata[index])->url;
  g_autoptr (GError) error = NULL;
  BaleenWebPage *page = baleen_web_page_read_finish (result, &error);

  research->n_reading--;
  research->pages->pdata[index] = page;
  if (page != NULL)
    {
      research->n_read++;
      tell (research, BALEEN_RESEARCH_READ, url, research->n_read, NULL);
    }
  else
    {
      keep_error (research, error);
      tell (research, BALEEN_RESEARCH_REFUSED, url, research->n_read, error);
    }
  read_more (task);
}

/* Keeps as many pages on their way as are still wanted. */
static void
read_more (GTask *task)
{
  Research *research = g_task_get_task_data (task);
  const BaleenWebPageOptions options = { research->message, research->options.is_private };
  gboolean is_stopped = g_cancellable_is_cancelled (g_task_get_cancellable (task));

  while (!is_stopped && research->n_tried < MIN (research->results->len, MOST_TRIES)
         && (research->n_tried < research->options.n_pages
             || research->n_read + research->n_reading < research->options.n_pages))
    {
      guint index = research->n_tried++;
      const char *url = ((BaleenSearchResult *) research->results->pdata[index])->url;

      research->n_reading++;
      tell (research, BALEEN_RESEARCH_READING, url, research->n_read, NULL);
      baleen_web_page_read_async (url, &options, g_task_get_cancellable (task), page_read_cb,
                                  errand_new (task, index));
    }
  if (research->n_reading == 0)
    finish (task);
}

/* The first of each query, then the second of each: no query outweighs the others. */
static void
merge_results (Research *research)
{
  gboolean is_any = TRUE;

  for (guint rank = 0; is_any; rank++)
    {
      is_any = FALSE;
      for (guint i = 0; i < research->found->len; i++)
        {
          GPtrArray *results = research->found->pdata[i];
          const BaleenSearchResult *result;

          if (results == NULL || rank >= results->len)
            continue;
          is_any = TRUE;
          result = results->pdata[rank];
          baleen_search_results_add (research->results, result->url, result->title,
                                     result->snippet, result->date);
        }
    }
  g_ptr_array_set_size (research->pages, research->results->len);
}

static void
end_query (GTask *task,
           guint  index)
{
  Research *research = g_task_get_task_data (task);
  const GPtrArray *results = research->found->pdata[index];

  if (results != NULL)
    tell (research, BALEEN_RESEARCH_SEARCHED, research->queries[index], results->len, NULL);
  if (--research->n_searching > 0)
    return;
  merge_results (research);
  if (research->results->len > 0)
    tell (research, BALEEN_RESEARCH_FOUND, NULL, research->results->len, NULL);
  read_more (task);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  guint index;
  g_autoptr (GTask) task = errand_end (data, &index);
  Research *research = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GPtrArray *results = baleen_web_search_finish (result, &error);

  research->found->pdata[index] = results;
  if (results == NULL)
    {
      keep_error (research, error);
      tell (research, BALEEN_RESEARCH_SEARCH_FAILED, research->queries[index], 0, error);
    }
  else if (!research->options.is_private)
    baleen_result_cache_put (research->provider, &research->options.access,
                             research->queries[index], results);
  end_query (task, index);
}

static gboolean
reused_cb (gpointer data)
{
  guint index;
  g_autoptr (GTask) task = errand_end (data, &index);

  end_query (task, index);
  return G_SOURCE_REMOVE;
}

/* What is at hand is told from the main context too, like what comes. */
static gboolean
reuse_results (GTask *task,
               guint  index)
{
  Research *research = g_task_get_task_data (task);
  GSource *source;

  if (!research->options.reuses_results)
    return FALSE;
  research->found->pdata[index] = baleen_result_cache_get (
      research->provider, &research->options.access, research->queries[index]);
  if (research->found->pdata[index] == NULL)
    return FALSE;
  source = g_idle_source_new ();
  g_source_set_callback (source, reused_cb, errand_new (task, index), NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
  return TRUE;
}

static void
results_clear (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

static void
page_clear (gpointer data)
{
  if (data != NULL)
    baleen_web_page_free (data);
}

void
baleen_research_async (const BaleenResearchOptions *options,
                       GCancellable                *cancellable,
                       GAsyncReadyCallback          callback,
                       gpointer                     data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Research *research = g_new0 (Research, 1);
  guint n;

  /* Being stopped is answered by finish(), with what there is. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, baleen_research_async);
  g_task_set_task_data (task, research, research_free);
  research->provider = options->provider;
  research->address = g_strdup (options->access.address);
  research->key = g_strdup (options->access.key);
  research->question = g_strdup (options->question);
  research->queries = g_strdupv ((char **) options->queries);
  research->message = g_strdup (options->message);
  research->options = *options;
  research->options.access = (BaleenSearchAccess) { research->address, research->key };
  if (research->options.n_pages == 0)
    research->options.n_pages = USUAL_PAGES;
  research->results
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_search_result_free);
  research->found = g_ptr_array_new_with_free_func (results_clear);
  research->pages = g_ptr_array_new_with_free_func (page_clear);

  n = MIN (g_strv_length (research->queries), BALEEN_MOST_QUERIES);
  g_return_if_fail (n > 0);
  g_ptr_array_set_size (research->found, n);
  research->n_searching = n;
  for (guint i = 0; i < n; i++)
    {
      if (reuse_results (task, i))
        continue;
      tell (research, BALEEN_RESEARCH_SEARCHING, research->queries[i], 0, NULL);
      baleen_web_search_async (research->provider, &research->options.access, research->queries[i],
                               research->message, cancellable, searched_cb, errand_new (task, i));
    }
}

GPtrArray *
baleen_research_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, baleen_research_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
