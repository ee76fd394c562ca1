/* What the network log says, in words. Texts are the caller's to free. */
#pragma once

#include "network-log.h"

G_BEGIN_DECLS

/* “Search”, “Page”, … */
const char *network_words_purpose (BaleenNetworkEntry *entry);
/* “14:02”, or with the day before it. */
char *network_words_time (BaleenNetworkEntry *entry);
/* What is so now: who is connected, when somebody last was, or that nobody ever was. */
char *network_words_state (BaleenNetworkLog *log);
/* All of it as a table, columns parted by tabs, the oldest first. */
char *network_words_table (BaleenNetworkLog *log);

G_END_DECLS
