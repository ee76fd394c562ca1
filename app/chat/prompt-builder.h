/* What is said so far as the request that a model is sent: the one place that decides what goes
 * along. Main thread. */
#pragma once

#include "baleen-conversation.h"
#include "baleen-request.h"

G_BEGIN_DECLS

/* How people want to be answered. */
typedef struct
{
  char *about; /* (owned) (nullable) what every model is told of its user */
  gint64 longest_answer; /* tokens */
  gint64 thought_budget;
  double temperature; /* negative, as top_p: what the model's file recommends */
  double top_p;
} BaleenAnswerSettings;

/* 4,096 tokens after thoughts of at most 8,192; nothing about the user. */
BaleenAnswerSettings *baleen_answer_settings_new (void);
BaleenAnswerSettings *baleen_answer_settings_copy (const BaleenAnswerSettings *settings);
void baleen_answer_settings_free (BaleenAnswerSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenAnswerSettings, baleen_answer_settings_free)

/* Everything from the first message to `last` (nullable), and `draft` (nullable) as if it were
 * said after it, with `system` as its system prompt. Left out are messages that were left out by
 * hand and answers of which nothing was written. Thoughts of earlier answers go along for
 * templates that read them. A note (role SYSTEM) goes to the system prompt with what the user
 * said of themselves. */
BaleenRequest *baleen_prompt_builder_build (BaleenConversation         *conversation,
                                            BaleenMessage              *last,
                                            const char                 *system, /* (nullable) */
                                            const char                 *draft,
                                            BaleenThink                 think,
                                            const BaleenAnswerSettings *settings);

G_END_DECLS
