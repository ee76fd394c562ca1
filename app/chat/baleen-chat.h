/* Sending, stopping, answering again: the road from what was typed to a message that grows.
 * One answer is written at a time, in the order of sending; the rest wait as QUEUED. */
#pragma once

#include "baleen-engine-service.h"
#include "baleen-history.h"
#include "lookup.h"
#include "outline.h"
#include "prompt-builder.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_CHAT (baleen_chat_get_type ())
G_DECLARE_FINAL_TYPE (BaleenChat, baleen_chat, BALEEN, CHAT, GObject)

/* Emits ::answered (BaleenConversation, BaleenMessage) when an answer came to its own end,
 * and ::queue-changed when those that wait are others, or in another order. */
BaleenChat *baleen_chat_new (BaleenHistory       *history,
                             BaleenEngineService *engine);

/* What the model is called where people see it; until it is said, what its file says. */
void baleen_chat_set_model_name (BaleenChat *self,
                                 const char *name);

/* How many tokens of text the model reads best at once; 0: as many as fit. */
void baleen_chat_set_part_tokens (BaleenChat *self,
                                  guint       part_tokens);
/* What searches the web for answers of conversations that want it; outlives the chat. Without
 * one nothing is ever searched for. */
void baleen_chat_set_lookup (BaleenChat         *self,
                             const BaleenLookup *lookup);
const BaleenLookup *baleen_chat_get_lookup (BaleenChat *self); /* (nullable) */

/* How many tokens what is found may take of the next answer's context. */
gsize baleen_chat_get_search_tokens (BaleenChat *self);

/* Whether an answer waits with the words in its message's queries until somebody agrees. */
void baleen_chat_set_asks_to_search (BaleenChat *self,
                                     gboolean    asks);
/* Somebody does: the message's queries are searched for, or it is answered without. */
void baleen_chat_decide_search (BaleenChat    *self,
                                BaleenMessage *message,
                                gboolean       is_wanted);

/* How answers from now on are written; copied. */
void baleen_chat_set_settings (BaleenChat                 *self,
                               const BaleenAnswerSettings *settings);
const BaleenAnswerSettings *baleen_chat_get_settings (BaleenChat *self);

/* Says `text` at the end of what is shown and answers it. Returns the answer. */
BaleenMessage *baleen_chat_send (BaleenChat         *self,
                                 BaleenConversation *conversation,
                                 const char         *text,
                                 gboolean            think);
/* The same for an answer that is outlined first: once it is DONE its sections can be written;
 * see long-answer.h. */
BaleenMessage *baleen_chat_send_outlined (BaleenChat         *self,
                                          BaleenConversation *conversation,
                                          const char         *text,
                                          gboolean            think);
/* An outline as another answer beside `message`. */
BaleenMessage *baleen_chat_outline (BaleenChat         *self,
                                    BaleenConversation *conversation,
                                    BaleenMessage      *message);
/* Writes a section, anew if it is written already; one that was stopped goes on. With
 * `writes_all` those that are not written follow. */
void baleen_chat_write_section (BaleenChat         *self,
                                BaleenConversation *conversation,
                                BaleenMessage      *message,
                                guint               section,
                                gboolean            writes_all);

/* The same with files: `attachments` is the part BALEEN_PART_ATTACHMENTS of the question. */
BaleenMessage *baleen_chat_send_with_files (BaleenChat         *self,
                                            BaleenConversation *conversation,
                                            const char         *text,
                                            const char         *attachments, /* (nullable) */
                                            gboolean            think);
/* The same, answered point by point: `points` as baleen_points_to_outline() makes them. With
 * `think` each point is thought about by itself. The answer grows by a heading for each;
 * stopped, it goes on with baleen_chat_continue(). */
BaleenMessage *baleen_chat_send_in_points (BaleenChat          *self,
                                           BaleenConversation  *conversation,
                                           const char          *text,
                                           const char          *attachments, /* (nullable) */
                                           const BaleenOutline *points,
                                           gboolean             think);
/* Another answer beside `message`. */
BaleenMessage *baleen_chat_regenerate (BaleenChat         *self,
                                       BaleenConversation *conversation,
                                       BaleenMessage      *message);
BaleenMessage *baleen_chat_regenerate_with (BaleenChat         *self,
                                            BaleenConversation *conversation,
                                            BaleenMessage      *message,
                                            gboolean            think);
/* The same with what the web says, or from what the model knows. */
BaleenMessage *baleen_chat_regenerate_searched (BaleenChat         *self,
                                                BaleenConversation *conversation,
                                                BaleenMessage      *message,
                                                gboolean            search);
/* The same answer, searched for again once the service allows it. */
BaleenMessage *baleen_chat_regenerate_later (BaleenChat         *self,
                                             BaleenConversation *conversation,
                                             BaleenMessage      *message);
/* Asks `question` in other words, in a branch beside it. Returns the answer. */
BaleenMessage *baleen_chat_edit (BaleenChat         *self,
                                 BaleenConversation *conversation,
                                 BaleenMessage      *question,
                                 const char         *text,
                                 gboolean            think);
/* Goes on where a stopped, cut or interrupted answer ended. */
void baleen_chat_continue (BaleenChat         *self,
                           BaleenConversation *conversation,
                           BaleenMessage      *message);

/* Another answer beside `message`, whose thought was ended by its budget: it goes on thinking
 * where that one stopped. */
BaleenMessage *baleen_chat_think_longer (BaleenChat         *self,
                                         BaleenConversation *conversation,
                                         BaleenMessage      *message);

/* Ends the thought of an answer that is being written; the answer begins. */
void baleen_chat_answer_now (BaleenChat    *self,
                             BaleenMessage *message);
/* A server that is busy is asked again now. */
void baleen_chat_try_now (BaleenChat    *self,
                          BaleenMessage *message);
/* Ends it within a token; what is written stays. */
void baleen_chat_stop (BaleenChat    *self,
                       BaleenMessage *message);
/* An answer that waits is written next, and what is being written ends as if it was stopped. */
void baleen_chat_send_now (BaleenChat    *self,
                           BaleenMessage *message);
/* Every answer of a conversation. */
void baleen_chat_stop_conversation (BaleenChat         *self,
                                    BaleenConversation *conversation);

/* How many answers are written before this one; 0 when it is its turn. */
guint baleen_chat_get_n_before (BaleenChat    *self,
                                BaleenMessage *message);

/* Stops all and saves what is written. */
void baleen_chat_close (BaleenChat *self);

G_END_DECLS
