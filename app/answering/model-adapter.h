/* Which LoRA adapter runs beside which model in the window: at most one a model, remembered in
 * adapters.json of the data folder. Opens files: not the main thread, but for get(). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The adapter's path; NULL: none. */
char *baleen_model_adapter_get (const char *model);

/* Puts it beside the model at the next load; NULL takes away what is there. The error says why it
 * is no adapter of this model, or could not be remembered, and nothing has changed then. */
gboolean baleen_model_adapter_set (const char *model,
                                   const char *adapter, /* (nullable) */
                                   GError    **error);

/* For people: “Pirate talk · rank 16”. */
char *baleen_model_adapter_describe (const char *adapter,
                                     GError    **error);

G_END_DECLS
