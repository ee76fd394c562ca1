#include "result-cache.h"

#include "web-cache.h"

#define RESULTS_TYPE "a(ssss)"
/* What is found changes faster than what a page says. */
#define MOST_SECONDS (60 * 60)

/* Without the key: it is no part of what was asked. */
static char *
make_key (const BaleenSearchProvider *provider,
          const BaleenSearchAccess   *access,
          const char                 *query)
{
  const char *address = provider->needs_address && access->address != NULL ? access->address : "";

  return g_strjoin ("\n", provider->id, address, query, NULL);
}

GPtrArray *
baleen_result_cache_get (const BaleenSearchProvider *provider,
                         const BaleenSearchAccess   *access,
                         const char                 *query)
{
  g_autofree char *key = make_key (provider, access, query);
  g_autoptr (GVariant) kept
      = baleen_web_cache_get ("results", key, RESULTS_TYPE, MOST_SECONDS);
  const char *url, *title, *snippet, *date;
  GPtrArray *results;
  GVariantIter iter;

  if (kept == NULL)
    return NULL;
  results = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_search_result_free);
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &url, &title, &snippet, &date))
    baleen_search_results_add (results, url, title, *snippet != '\0' ? snippet : NULL,
                               *date != '\0' ? date : NULL);

  return results;
}

void
baleen_result_cache_put (const BaleenSearchProvider *provider,
                         const BaleenSearchAccess   *access,
                         const char                 *query,
                         GPtrArray                  *results)
{
  g_autofree char *key = make_key (provider, access, query);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (RESULTS_TYPE));
  for (guint i = 0; i < results->len; i++)
    {
      const BaleenSearchResult *result = results->pdata[i];

      g_variant_builder_add (&builder, "(ssss)", result->url, result->title,
                             result->snippet != NULL ? result->snippet : "",
                             result->date != NULL ? result->date : "");
    }
  baleen_web_cache_put ("results", key, g_variant_builder_end (&builder));
}
