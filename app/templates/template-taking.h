/* Takes over the templates of a file of another program, in a thread of its own: a file may hold
 * thousands, and each becomes a file. Begun and finished on the main thread. */
#pragma once

#include <gio/gio.h>

#include "template-library.h"

G_BEGIN_DECLS

typedef struct _BaleenTemplateTaking BaleenTemplateTaking;

/* Nothing happens before it is run. */
BaleenTemplateTaking *baleen_template_taking_new (const char *path);
BaleenTemplateTaking *baleen_template_taking_ref (BaleenTemplateTaking *self);
void baleen_template_taking_unref (BaleenTemplateTaking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenTemplateTaking, baleen_template_taking_unref)

/* Once only. One that is there already stays; what comes gets an id of its own. Cancelled, it
 * takes away again what it has written. */
void baleen_template_taking_run_async (BaleenTemplateTaking *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* FALSE when the whole file is unreadable or it was cancelled. */
gboolean baleen_template_taking_run_finish (BaleenTemplateTaking *self,
                                            GAsyncResult         *result,
                                            GError              **error);

/* How much of it is done, 0 to 1. Any thread. */
double baleen_template_taking_get_share (BaleenTemplateTaking *self);

/* After a good end: how many were taken, a sentence (char *) for each that was not, and the folders
 * as they are now, which belong to the caller. */
guint baleen_template_taking_get_n_taken (BaleenTemplateTaking *self);
GPtrArray *baleen_template_taking_get_left_out (BaleenTemplateTaking *self);
BaleenTemplateLibrary *baleen_template_taking_steal_library (BaleenTemplateTaking *self);

G_END_DECLS
