/* An answer as plain text with a caret, for reading by keyboard and screen reader. Grows with
 * the message; the caret stays where it is. */
#pragma once

#include "baleen-message.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TEXT_READER (baleen_text_reader_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTextReader, baleen_text_reader, BALEEN, TEXT_READER, AdwWindow)

GtkWidget *baleen_text_reader_new (GtkWindow     *parent,
                                   BaleenMessage *message);

G_END_DECLS
