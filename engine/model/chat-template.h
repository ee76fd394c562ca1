/* The chat template of a model: Jinja source, rendered over messages or over any JSON. */
#pragma once

#include "bln-engine.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;         /* valid UTF-8, NUL-terminated */
  gsize length;
  guint8 *is_input;   /* [length]: 1 where the byte came from a message, not the template */
} BlnRendering;

void bln_rendering_clear (BlnRendering *rendering);

/* Where generation starts after this prompt (engine-wide rule: what the rendering ends with,
 * white space aside). */
BlnThought bln_thought_from_prompt (const char *text, gsize length);

/* Renders `source` over a JSON object. `now` is what strftime_now says (nullable: the clock).
 * Bounded: TEMPLATE with a sentence when the template is wrong or over a limit. */
gboolean bln_chat_template_render_json (const char *source, const char *variables_json,
                                        GDateTime *now, BlnRendering *rendering, GError **error);

/* Renders `source` over messages with add_generation_prompt, bos_token, eos_token, and
 * enable_thinking/thinking as `think` says (undefined for BLN_THINK_MODEL). Where the template
 * refuses a system message, it is put before the first thing that the user says; where it
 * passes over plain text, content is given to it in parts. `now` as above. */
gboolean bln_chat_template_render_messages (const char *source, const BlnMessage *messages,
                                            gsize n_messages, BlnThink think,
                                            const char *bos_token, const char *eos_token,
                                            GDateTime *now, BlnRendering *rendering,
                                            GError **error);

/* Whether the source reads a thinking switch or writes think tags. */
gboolean bln_chat_template_knows_thinking (const char *source);

/* A plain template for models without one. Static Jinja source. */
const char *bln_chat_template_plain (void);

G_END_DECLS
