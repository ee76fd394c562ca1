/* A server as a model: its address, name, key and model, and a test of them. */
#pragma once

#include "endpoint.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ENDPOINT_EDITOR (baleen_endpoint_editor_get_type ())
G_DECLARE_FINAL_TYPE (BaleenEndpointEditor, baleen_endpoint_editor, BALEEN, ENDPOINT_EDITOR, AdwWindow)

/* NULL for a new one. Emits ::saved (char *name). */
GtkWidget *baleen_endpoint_editor_new (const BaleenEndpoint *endpoint); /* (nullable) */

G_END_DECLS
