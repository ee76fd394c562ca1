/* What goes to an endpoint and what comes from it, as JSON. Pure functions. */
#pragma once

#include "baleen-request.h"
#include "endpoint.h"

G_BEGIN_DECLS

/* The body of a call; `is_plain` leaves out what only some servers know. */
char *endpoint_body_make (const BaleenEndpoint *endpoint,
                          const BaleenRequest  *request,
                          gboolean              is_plain);

/* What one event, or a whole answer, says. */
typedef struct
{
  char *text;      /* (nullable) */
  char *thought;   /* (nullable) */
  char *finish;    /* (nullable) "stop", "length", … */
  gint64 n_prompt; /* -1: not said */
  gint64 n_answer;
  char *problem;   /* (nullable) the server's own words */
} EndpointPart;

void endpoint_part_clear (EndpointPart *part);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EndpointPart, endpoint_part_clear)

/* Anything may come; what is not understood says nothing. FALSE for what is no JSON. */
gboolean endpoint_part_read (EndpointPart *part,
                             const char   *json);

G_END_DECLS
