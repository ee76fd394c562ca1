/* A history on the disk, an engine and a chat over both, in a folder of the test's own. */
#pragma once

#include "baleen-chat.h"
#include "main-loop.h"

G_BEGIN_DECLS

typedef struct
{
  char *directory;
  char *model; /* a file that fake-backend.h takes for a model */
  BaleenStore *store;
  BaleenHistory *history;
  BaleenEngineService *engine;
  BaleenChat *chat;
  BaleenConversation *conversation; /* (nullable) the test's own; closing gives it up */
} ChatFixture;

/* Makes the folder and the file; nothing is open yet. */
void chat_fixture_init (ChatFixture *fixture);
/* Closes what is open and removes the folder. */
void chat_fixture_clear (ChatFixture *fixture);

/* Opens all but a model, and waits for the history. */
void chat_fixture_open (ChatFixture         *fixture,
                        const BaleenBackend *backend);
/* What was said stays on the disk. Nothing may keep any of it alive. */
void chat_fixture_close (ChatFixture *fixture);
/* Loads `model`. */
void chat_fixture_load (ChatFixture *fixture);

/* No more comes to the message. */
gboolean chat_fixture_is_over (BaleenMessage *message);

G_END_DECLS
