/* The web as the chat searches it: the service and its key as the settings have them. */
#pragma once

#include "lookup.h"

G_BEGIN_DECLS

/* Borrows the settings. */
BaleenLookup *baleen_web_lookup_new (GSettings *settings);
void baleen_web_lookup_free (BaleenLookup *lookup);

/* The services there are, for the preferences: ids, the recommended one first,
 * NULL-terminated. */
const char *const *baleen_web_lookup_list_services (void);

/* One of them; texts are for people. */
typedef struct
{
  const char *name;
  const char *about;
  const char *host; /* (nullable) NULL: the user's own */
  gboolean needs_address;
  gboolean needs_key;
} BaleenSearchService;

/* FALSE for an id that there is none of. */
gboolean baleen_web_lookup_describe (const char          *id,
                                     BaleenSearchService *service);

G_END_DECLS
