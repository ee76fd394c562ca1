#include "network-words.h"

#include <glib/gi18n.h>

#include "baleen-words.h"

/* So many hosts are named; more are counted. */
#define MOST_NAMED 3

const char *
network_words_purpose (BaleenNetworkEntry *entry)
{
  switch (baleen_network_entry_get_purpose (entry))
    {
    case BALEEN_PURPOSE_SEARCH:
      return _("search");
    case BALEEN_PURPOSE_PAGE:
      return _("page");
    case BALEEN_PURPOSE_DOWNLOAD:
      return _("download");
    case BALEEN_PURPOSE_ENDPOINT:
      return _("endpoint");
    case BALEEN_PURPOSE_INBOUND:
    case BALEEN_N_PURPOSES:
    default:
      return _("inbound");
    }
}

char *
network_words_time (BaleenNetworkEntry *entry)
{
  const gint64 time = baleen_network_entry_get_time (entry);
  g_autofree char *clock = baleen_words_clock (time);
  g_autofree char *day = baleen_words_day (time, g_get_real_time ());

  return g_str_equal (day, clock) ? g_steal_pointer (&clock)
                                  : g_strdup_printf ("%s %s", day, clock);
}

/* A client on this computer took nothing out of it. */
static gboolean
is_outbound (BaleenNetworkEntry *entry)
{
  return baleen_network_entry_get_purpose (entry) != BALEEN_PURPOSE_INBOUND;
}

/* Those that are connected, each once, and the last entry that is not. */
static BaleenNetworkEntry *
look_through (BaleenNetworkLog *log,
              GPtrArray        *connected)
{
  GListModel *entries = baleen_network_log_get_entries (log);
  BaleenNetworkEntry *last = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (BaleenNetworkEntry) entry = g_list_model_get_item (entries, i);
      const char *host = baleen_network_entry_get_host (entry);

      if (!is_outbound (entry))
        continue;
      if (!baleen_network_entry_get_is_open (entry))
        last = entry;
      else if (!g_ptr_array_find_with_equal_func (connected, host, g_str_equal, NULL))
        g_ptr_array_add (connected, (char *) host);
    }
  return last;
}

static char *
name_connected (GPtrArray *hosts)
{
  const guint n = hosts->len;
  g_autofree char *names = NULL;

  g_ptr_array_set_size (hosts, MIN (n, MOST_NAMED));
  g_ptr_array_add (hosts, NULL);
  names = g_strjoinv (_(", "), (char **) hosts->pdata);
  if (n <= MOST_NAMED)
    return g_strdup_printf (_("Connected: %s"), names);
  return g_strdup_printf (_("Connected: %s and %u more"), names, n - MOST_NAMED);
}

char *
network_words_state (BaleenNetworkLog *log)
{
  g_autoptr (GPtrArray) connected = g_ptr_array_new ();
  BaleenNetworkEntry *last = look_through (log, connected);
  g_autofree char *time = NULL;

  if (connected->len > 0)
    return name_connected (connected);
  if (last == NULL)
    return g_strdup (_("Nothing has left this computer."));
  time = network_words_time (last);
  return g_strdup_printf (_("Nothing is connected. Last: %s, %s."), time,
                          baleen_network_entry_get_host (last));
}

char *
network_words_table (BaleenNetworkLog *log)
{
  GListModel *entries = baleen_network_log_get_entries (log);
  GString *table = g_string_new (NULL);

  g_string_append_printf (table, "%s\t%s\t%s\t%s\t%s\t%s\n", _("Time"), _("Host"), _("Purpose"),
                          _("Sent"), _("Received"), _("Result"));
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (BaleenNetworkEntry) entry = g_list_model_get_item (entries, i);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (
          baleen_network_entry_get_time (entry) / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_local (utc);
      g_autofree char *time = g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
      const char *result = baleen_network_entry_get_result (entry);

      g_string_append_printf (table, "%s\t%s\t%s\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT
                                     "\t%s\n",
                              time, baleen_network_entry_get_host (entry),
                              network_words_purpose (entry), baleen_network_entry_get_sent (entry),
                              baleen_network_entry_get_received (entry),
                              result != NULL ? result : "");
    }
  return g_string_free (table, FALSE);
}
