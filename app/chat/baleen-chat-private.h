/* The chat's parts, for its own files only. */
#pragma once

#include "baleen-chat.h"

G_BEGIN_DECLS

typedef enum
{
  ANSWER_WHOLE,
  ANSWER_CONTINUED,
  ANSWER_OUTLINE, /* that of a long answer */
  ANSWER_SECTION, /* one section of it */
} AnswerKind;

typedef struct _ChatSearch ChatSearch;
typedef struct _ChatWords ChatWords;

/* An answer that is written or waits to be. */
typedef struct
{
  BaleenChat *chat;
  BaleenConversation *conversation; /* (owned) */
  BaleenMessage *message;           /* (owned) */
  BaleenAnswerJob *job;             /* (owned) (nullable) while it waits */
  AnswerKind kind;
  guint section; /* of SECTION */
  gboolean is_dirty;
  guint save_source;

  ChatWords *words;       /* (nullable) while the model writes what to search for */
  ChatSearch *search;     /* (nullable) while the web is searched for it */
  guint wait_source;      /* while the search service allows nothing */
  char **queries;         /* (owned) (nullable) the words that were agreed on */
  gboolean is_asking;     /* nothing leaves before somebody agreed */
  GPtrArray *sources;     /* (owned) (nullable) what was found */
  BaleenFinding *finding; /* (owned) (nullable) how the model was shown it */
} Answer;

struct _BaleenChat
{
  GObject parent_instance;

  BaleenHistory *history;      /* (owned) */
  BaleenEngineService *engine; /* (owned) */
  char *model_name;            /* (owned) (nullable) */
  guint part_tokens;           /* of the model; 0: any */
  BaleenAnswerSettings *settings; /* (owned) */
  const BaleenLookup *lookup;  /* (nullable) */
  gboolean asks;               /* before it searches */
  GQueue answers;              /* (owned) of Answer; the first one is written */
};

/* baleen-chat.c */
void baleen_chat_start_next (BaleenChat *self);
void baleen_chat_tell_queue (BaleenChat *self);

/* baleen-chat-queue.c */
Answer *baleen_chat_find_answer (BaleenChat    *self,
                                 BaleenMessage *message); /* (nullable) */

/* baleen-chat-words.c: shows what would be searched for, if that is wanted and needs no model. */
void baleen_chat_ask_to_search (Answer *answer);
/* Lets the model write it; FALSE when there is nothing to write. */
gboolean baleen_chat_write_words (Answer *answer);
/* What is written shall not come back to an answer that is gone. */
void baleen_chat_forget_words (Answer *answer);
/* It waits until the service may be asked again; the others in the queue go on. */
void baleen_chat_hold_search (Answer *answer);

/* baleen-chat-search.c */
gboolean baleen_chat_needs_search (Answer *answer);
void baleen_chat_begin_search (Answer *answer);
void baleen_chat_stop_search (Answer *answer);
/* The search shall not come back to an answer that is gone. */
void baleen_chat_forget_search (Answer *answer);
/* The request with what was found, as much of it as fits. */
BaleenRequest *baleen_chat_make_searched_request (Answer *answer);
/* Makes the citations of what was written those of its sources. */
void baleen_chat_end_searched (Answer *answer);

G_END_DECLS
