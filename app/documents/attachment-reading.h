/* Fills attachments: reads the file in its locked-up process and counts its tokens, off the
 * main thread. Called on the main thread. */
#pragma once

#include "baleen-attachment.h"
#include "baleen-engine-service.h"

G_BEGIN_DECLS

/* The attachment becomes READY or FAILED, unless it is let go of before. A file that is gone
 * fails with a sentence that says so. */
void baleen_attachment_read (BaleenAttachment    *attachment,
                             BaleenEngineService *engine);
/* A text that is there already. */
void baleen_attachment_take_text (BaleenAttachment    *attachment,
                                  const char          *text,
                                  BaleenEngineService *engine);
/* Again, after another model was loaded. */
void baleen_attachment_count (BaleenAttachment    *attachment,
                              BaleenEngineService *engine);

/* The files of a folder and of the folders in it whose names say that they can be read, at most
 * `most`, sorted; `n_all` says how many there are. Paths; blocking, but quick. */
char **baleen_attachment_list_folder (const char *path,
                                      guint       most,
                                      guint      *n_all);

G_END_DECLS
