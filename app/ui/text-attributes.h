/* Styles of a text as attributes of a label: never markup, whatever the text says. */
#pragma once

#include <gtk/gtk.h>

#include "baleen-block.h"

G_BEGIN_DECLS

/* For all of `rich` shown in `label`. Citations of `sources` (nullable) leave room for their
 * chips; `heading_scale` is 0 for plain text; `colours` (nullable) come on top. */
PangoAttrList *text_attributes_new (GtkWidget            *label,
                                    const BaleenRichText *rich,
                                    GPtrArray            *sources,
                                    double                heading_scale,
                                    gboolean              is_code,
                                    PangoAttrList        *colours);

/* A named colour of the theme, else a blue that is seen on light and dark. */
void text_attributes_get_colour (GtkWidget  *widget,
                                 const char *name,
                                 GdkRGBA    *colour);

G_END_DECLS
