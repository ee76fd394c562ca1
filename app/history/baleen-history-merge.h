/* Chats that were kept beside a history that could not be read then, brought home now that it
 * can. Database thread only. */
#pragma once

#include "baleen-database.h"

G_BEGIN_DECLS

/* The file that stands in for the history, the `i`th of them (from 2). */
char *baleen_history_stand_in (const char *directory,
                               guint       i);
#define BALEEN_HISTORY_STAND_INS 10

/* Takes in what the stand-ins of `directory` hold, each in one transaction, and renames them to
 * NAME.merged. One that cannot be read or taken in stays for another time. */
void baleen_history_merge (BaleenDatabase *database,
                           const char     *directory);

G_END_DECLS
