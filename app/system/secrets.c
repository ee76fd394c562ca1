#include "secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "network-error.h"

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    "org.baleen.Baleen.Key", SECRET_SCHEMA_NONE,
    { { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 } },
  };

  return &schema;
}

static void
explain (GError    **error,
         const char *host)
{
  g_clear_error (error);
  g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY,
               _("The keyring is locked or missing, so the key of %s is out of reach. Unlock it "
                 "and try again."), host);
}

char *
baleen_secrets_get (const char *kind,
                    const char *name,
                    const char *host,
                    GError    **error)
{
  GError *problem = NULL;
  char *held = secret_password_lookup_sync (get_schema (), NULL, &problem, "kind", kind, "name",
                                            name, NULL);
  char *secret = g_strdup (held);

  secret_password_free (held);
  if (problem != NULL)
    {
      explain (&problem, host);
      g_propagate_error (error, problem);
    }

  return secret;
}

gboolean
baleen_secrets_set (const char *kind,
                    const char *name,
                    const char *host,
                    const char *secret,
                    GError    **error)
{
  g_autofree char *label = g_strdup_printf (_("Key for %s (Baleen)"), host);
  GError *problem = NULL;

  if (secret != NULL)
    secret_password_store_sync (get_schema (), SECRET_COLLECTION_DEFAULT, label, secret, NULL,
                                &problem, "kind", kind, "name", name, NULL);
  else
    secret_password_clear_sync (get_schema (), NULL, &problem, "kind", kind, "name", name, NULL);
  if (problem == NULL)
    return TRUE;

  explain (&problem, host);
  g_propagate_error (error, problem);
  return FALSE;
}
