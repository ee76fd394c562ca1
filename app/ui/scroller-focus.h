/* Tab and the scrolled windows of GTK 4.8. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A scrolled window that is not focusable and holds nothing that is lets Tab pass: GTK's takes the
 * focus for itself there, which fails, and says that it has it, so that Tab stops before it for
 * ever. Holds for all of them, those inside of libadwaita's pages too. Call once, before the first
 * window. */
void scroller_focus_mend (void);

G_END_DECLS
