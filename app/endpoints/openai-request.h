/* What a client of OpenAI's interface asks for. Pure functions; the input is hostile. */
#pragma once

#include "baleen-request.h"

G_BEGIN_DECLS

typedef struct
{
  BaleenRequest *request; /* (owned) (nullable) of a chat completion */
  char *prompt;           /* (owned) (nullable) of a completion */
  gboolean is_streamed;
  gboolean wants_usage;   /* in the stream */
  char **stop;            /* (owned) (nullable) */
  guint max_tokens;       /* 0: not said */
  double temperature;     /* negative: not said, as top_p */
  double top_p;
  double presence_penalty; /* 0: not said, as frequency_penalty */
  double frequency_penalty;
  gboolean has_seed;
  guint64 seed;
} OpenaiRequest;

void openai_request_free (OpenaiRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenaiRequest, openai_request_free)

/* NULL with a sentence that names the member at fault. What we do not know is let be; what we
 * cannot do, like several answers at once or pictures, is refused. */
OpenaiRequest *openai_request_new (GBytes   *body,
                                   gboolean  is_chat,
                                   GError  **error);

G_END_DECLS
