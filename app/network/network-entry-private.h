/* What only the log does with its entries. */
#pragma once

#include "network-log.h"

G_BEGIN_DECLS

BaleenNetworkEntry *baleen_network_entry_new (BaleenPurpose purpose,
                                              const char   *host,
                                              const char   *message,
                                              gint64        time);

/* These notify “sent”, “received” and “result”. */
void baleen_network_entry_set_counts (BaleenNetworkEntry *self,
                                      guint64             sent,
                                      guint64             received);
void baleen_network_entry_set_result (BaleenNetworkEntry *self,
                                      const char         *result);

/* One JSON object without line ends; NULL for what is none of ours. */
char *baleen_network_entry_to_line (BaleenNetworkEntry *self);
BaleenNetworkEntry *baleen_network_entry_from_line (const char *line);

G_END_DECLS
