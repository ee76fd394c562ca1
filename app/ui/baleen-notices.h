/* What is told to somebody who is looking at something else. */
#pragma once

#include "baleen-application.h"

G_BEGIN_DECLS

/* Seconds: who waited less for an answer is still there. */
#define BALEEN_NOTICES_LEAST_SECONDS 30

/* An answer or a summary is over; a click on it opens its conversation. */
void baleen_notices_tell_over (BaleenApplication  *application,
                               BaleenConversation *conversation,
                               BaleenMessage      *answer);

G_END_DECLS
