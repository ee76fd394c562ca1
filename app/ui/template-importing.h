/* An import of templates as it is seen: how far it is, with Cancel, and what came of it. */
#pragma once

#include <gtk/gtk.h>

#include "baleen-template-shelf.h"

G_BEGIN_DECLS

/* Shows dialogs over `parent`, the first of them only if it takes longer than a moment; the shelf
 * has what was taken when the last one appears. Closing `parent` cancels. */
void baleen_template_importing_start (GtkWindow           *parent,
                                      BaleenTemplateShelf *shelf,
                                      const char          *path);

G_END_DECLS
