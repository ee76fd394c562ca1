/* A history in a folder of its own, for the tests of the store. */
#pragma once

#include "baleen-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *directory;    /* (owned) */
  BaleenStore *store; /* (owned) (nullable) while closed */
  GPtrArray *records; /* (owned) (nullable) of BaleenConversationRecord, as it was opened */
} StoreFixture;

void store_fixture_set_up (StoreFixture *fixture,
                           gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture,
                              gconstpointer data);
void store_fixture_open (StoreFixture *fixture);
void store_fixture_close (StoreFixture *fixture);

/* BaleenMessageRecords of one conversation; owned by the caller. */
GPtrArray *store_fixture_load (StoreFixture *fixture,
                               gint64        id);
/* A conversation of a question and its answer, saved. */
BaleenConversation *store_fixture_say (BaleenStore *store,
                                       const char  *question,
                                       const char  *answer,
                                       BaleenState  state);

G_END_DECLS
