/* What of a conversation and of a message lies on disk: plain values that cross to the
 * database thread and back. */
#pragma once

#include "baleen-conversation.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *title; /* (owned) (nullable) */
  BaleenTitleSource title_source;
  gboolean is_pinned;
  gboolean is_archived;
  char *folder; /* (owned) (nullable) */
  gboolean think;
  gboolean search;
  char *draft; /* (owned) (nullable) */
  int draft_cursor;
  char *draft_attachments; /* (owned) (nullable) JSON */
  char *draft_template;    /* (owned) (nullable) JSON */
  gint64 head_id; /* 0: nothing said yet */
  gint64 created;
  gint64 updated;
  gboolean has_left; /* read only: some of its messages say so */
} BaleenConversationRecord;

typedef struct
{
  gint64 id;
  gint64 conversation_id;
  gint64 parent_id;
  BaleenRole role;
  BaleenState state;
  gint64 created;
  gint64 ended; /* while running: when it was last saved */
  char *text;    /* (owned) */
  char *thought; /* (owned) (nullable) */
  char *problem; /* (owned) (nullable) */
  BaleenRemedy remedy;
  char *model; /* (owned) (nullable) */
  gboolean think;
  gboolean search;
  gboolean is_left_out;
  BaleenNumbers numbers;
  char *sources; /* (owned) (nullable) see baleen_sources_to_json() */
  char *parts[BALEEN_N_PARTS]; /* (owned) (nullable) JSON */
} BaleenMessageRecord;

BaleenConversationRecord *baleen_conversation_record_new (BaleenConversation *conversation);
void baleen_conversation_record_free (BaleenConversationRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenConversationRecord, baleen_conversation_record_free)
/* Not loaded yet, if anything was said in it. */
BaleenConversation *baleen_conversation_record_restore (BaleenConversationRecord *record);

BaleenMessageRecord *baleen_message_record_new (BaleenConversation *conversation,
                                                BaleenMessage      *message);
BaleenMessageRecord *baleen_message_record_copy (const BaleenMessageRecord *record);
void baleen_message_record_free (BaleenMessageRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenMessageRecord, baleen_message_record_free)
BaleenMessage *baleen_message_record_restore (BaleenMessageRecord *record);

G_END_DECLS
