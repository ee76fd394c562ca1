/* What turns a claim into its opposite or makes it surer than its text is, though nearly all its
 * words are the same: “not”, “fell” for “rose”, “all” for “some”, a fact where there was a plan.
 * Private to claim*.c. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the text, as far as such words tell, says what the claim says. */
gboolean baleen_claim_sense_agrees (const char *text,
                                    const char *claim);

G_END_DECLS
