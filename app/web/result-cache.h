/* What a service found for a query, kept for an hour, so that an answer made anew asks nobody.
 * Any thread. */
#pragma once

#include "search-provider.h"

G_BEGIN_DECLS

/* (transfer full) NULL where nothing is kept. */
GPtrArray *baleen_result_cache_get (const BaleenSearchProvider *provider,
                                    const BaleenSearchAccess   *access,
                                    const char                 *query);
void baleen_result_cache_put (const BaleenSearchProvider *provider,
                              const BaleenSearchAccess   *access,
                              const char                 *query,
                              GPtrArray                  *results);

G_END_DECLS
