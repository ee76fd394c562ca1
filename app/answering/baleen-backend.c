#include "baleen-backend.h"

G_DEFINE_QUARK (baleen-backend-error-quark, baleen_backend_error)

void
baleen_model_facts_clear (BaleenModelFacts *facts)
{
  g_clear_pointer (&facts->name, g_free);
  g_clear_pointer (&facts->place, g_free);
  g_clear_pointer (&facts->adapter, g_free);
  g_clear_pointer (&facts->host, g_free);
}

void
baleen_model_facts_copy (const BaleenModelFacts *from,
                         BaleenModelFacts       *to)
{
  *to = *from;
  to->name = g_strdup (from->name);
  to->place = g_strdup (from->place);
  to->adapter = g_strdup (from->adapter);
  to->host = g_strdup (from->host);
}
