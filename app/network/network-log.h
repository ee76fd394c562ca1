/* Every exchange of this program with another computer: when, with whom, what for, how many
 * bytes, and how it ended. No words of a query, no path and no key are in it. Whatever opens a
 * socket tells the log first.
 *
 * Functions may be called from any thread; entries change only in the main context. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_PURPOSE_SEARCH,
  BALEEN_PURPOSE_PAGE,
  BALEEN_PURPOSE_DOWNLOAD,
  BALEEN_PURPOSE_ENDPOINT,
  BALEEN_PURPOSE_INBOUND, /* a client of the model that we offer */
  BALEEN_N_PURPOSES,
} BaleenPurpose;

#define BALEEN_TYPE_NETWORK_ENTRY (baleen_network_entry_get_type ())
G_DECLARE_FINAL_TYPE (BaleenNetworkEntry, baleen_network_entry, BALEEN, NETWORK_ENTRY, GObject)

const char *baleen_network_entry_get_host (BaleenNetworkEntry *self);
BaleenPurpose baleen_network_entry_get_purpose (BaleenNetworkEntry *self);
/* Microseconds of the wall clock when it began. */
gint64 baleen_network_entry_get_time (BaleenNetworkEntry *self);
/* Bytes on the wire, headers included, as far as they are known now. */
guint64 baleen_network_entry_get_sent (BaleenNetworkEntry *self);
guint64 baleen_network_entry_get_received (BaleenNetworkEntry *self);
gboolean baleen_network_entry_get_is_open (BaleenNetworkEntry *self);
/* A word or a sentence for people; NULL while it is open. */
const char *baleen_network_entry_get_result (BaleenNetworkEntry *self);
/* The message for which it was made, as message-reference.h has it; NULL where there is
 * none. */
const char *baleen_network_entry_get_message (BaleenNetworkEntry *self);

#define BALEEN_TYPE_NETWORK_LOG (baleen_network_log_get_type ())
G_DECLARE_FINAL_TYPE (BaleenNetworkLog, baleen_network_log, BALEEN, NETWORK_LOG, GObject)

/* The program's one log. Its signal “changed” comes in the main context. */
BaleenNetworkLog *baleen_network_log_get (void);

/* From here on entries are also kept in this file, one JSON object a line, for `days` days;
 * those that are there are read. Called again it changes the days; 0: nothing is kept, and the
 * file is deleted. */
void baleen_network_log_keep (BaleenNetworkLog *self,
                              const char       *path,
                              guint             days);
/* Forgets all but what is open, in the file too. */
void baleen_network_log_clear (BaleenNetworkLog *self);

/* The entries, oldest first. */
GListModel *baleen_network_log_get_entries (BaleenNetworkLog *self);
guint baleen_network_log_get_n_open (BaleenNetworkLog *self);

/* Where this program offers its model to others, "127.0.0.1:8080"; NULL: it does not. Read it in
 * the main context. */
void baleen_network_log_set_offered (BaleenNetworkLog *self,
                                     const char       *address); /* (nullable) */
const char *baleen_network_log_get_offered (BaleenNetworkLog *self);

/* Says that an exchange begins. (transfer full) */
BaleenNetworkEntry *baleen_network_log_open (BaleenNetworkLog *self,
                                             BaleenPurpose     purpose,
                                             const char       *host,
                                             const char       *message); /* (nullable) */
/* Says how far it is: totals, not differences. */
void baleen_network_entry_count (BaleenNetworkEntry *self,
                                 guint64             sent,
                                 guint64             received);
/* Says that it is over. */
void baleen_network_entry_close (BaleenNetworkEntry *self,
                                 const char         *result);

G_END_DECLS
