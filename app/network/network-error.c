#include "network-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (baleen-network-error-quark, baleen_network_error)

static void
replace (GError             **error,
         BaleenNetworkError   code,
         const char          *pattern,
         const char          *host)
{
  g_auto (GStrv) halves = g_strsplit (pattern, "%s", 2);
  g_autofree char *sentence = halves[1] != NULL ? g_strjoin (host, halves[0], halves[1], NULL)
                                                : g_strdup (pattern);

  g_clear_error (error);
  g_set_error_literal (error, BALEEN_NETWORK_ERROR, code, sentence);
}

void
baleen_network_error_explain (GError     **error,
                              const char  *host)
{
  const GError *cause = *error;

  if (cause == NULL || cause->domain == BALEEN_NETWORK_ERROR
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (cause->domain == G_TLS_ERROR)
    replace (error, BALEEN_NETWORK_ERROR_CERTIFICATE,
             _("%s could not prove that it is what it says: its certificate is not valid. "
               "Nothing was sent. Check the address and this computer's date."), host);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    replace (error, BALEEN_NETWORK_ERROR_SLOW,
             _("%s did not answer in time. Try again later."), host);
  else if (g_error_matches (cause, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE)
           || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    replace (error, BALEEN_NETWORK_ERROR_OFFLINE,
             _("%s cannot be reached: there is no network connection. Chat and documents work "
               "without one."), host);
  else if (cause->domain == G_RESOLVER_ERROR)
    replace (error, BALEEN_NETWORK_ERROR_UNREACHABLE,
             _("There is no server named %s. Check the address."), host);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    replace (error, BALEEN_NETWORK_ERROR_UNREACHABLE,
             _("%s refuses the connection. Check the address and whether the server runs."), host);
  else
    replace (error, BALEEN_NETWORK_ERROR_UNREACHABLE,
             _("The connection to %s broke off. Try again."), host);
}
