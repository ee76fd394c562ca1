/* A file that goes with a message: being read, read, or unreadable with the reason. Lives on the
 * main thread; its document never changes once it is there. */
#pragma once

#include "baleen-document.h"
#include "baleen-message.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_ATTACHMENT_READING,
  BALEEN_ATTACHMENT_READY,
  BALEEN_ATTACHMENT_FAILED,
} BaleenAttachmentState;

#define BALEEN_TYPE_ATTACHMENT (baleen_attachment_get_type ())
G_DECLARE_FINAL_TYPE (BaleenAttachment, baleen_attachment, BALEEN, ATTACHMENT, GObject)

/* Emits ::changed with every change. Without a path it is a text that was pasted. */
BaleenAttachment *baleen_attachment_new (const char *name,
                                         const char *path); /* (nullable) */

const char *baleen_attachment_get_name (BaleenAttachment *self);
const char *baleen_attachment_get_path (BaleenAttachment *self); /* (nullable) */
BaleenAttachmentState baleen_attachment_get_state (BaleenAttachment *self);

/* Takes what was read; READY. */
void baleen_attachment_take_document (BaleenAttachment *self,
                                      BaleenDocument   *document);
const BaleenDocument *baleen_attachment_get_document (BaleenAttachment *self); /* (nullable) */
/* FAILED, with a sentence for people. */
void baleen_attachment_fail (BaleenAttachment *self,
                             const char       *problem);
const char *baleen_attachment_get_problem (BaleenAttachment *self); /* (nullable) */

/* Of its whole text, by the model that answers; negative: not counted yet. */
gint64 baleen_attachment_get_n_tokens (BaleenAttachment *self);
void baleen_attachment_set_n_tokens (BaleenAttachment *self,
                                     gint64            n_tokens);
/* Whether its whole text goes to the model with the message; else the message is about it, and
 * it is read in parts. */
gboolean baleen_attachment_get_is_whole (BaleenAttachment *self);
void baleen_attachment_set_is_whole (BaleenAttachment *self,
                                     gboolean          is_whole);

/* Whether something was asked of it before: it is only kept at hand then. */
gboolean baleen_attachment_get_was_used (BaleenAttachment *self);
void baleen_attachment_set_was_used (BaleenAttachment *self,
                                     gboolean          was_used);

/* As models were trained on it: name, text, and marks around them. Free it. */
char *baleen_attachment_frame (BaleenAttachment *self);

/* A message's part BALEEN_PART_ATTACHMENTS, with all that was read, so that the file itself is
 * not needed any more; a draft's names only where it is, and holds what was pasted. Those that
 * could not be read are left out of the first. NULL for none. */
char *baleen_attachments_to_json (GPtrArray *attachments,
                                  gboolean   is_draft);
/* What cannot be read is left out; of BaleenAttachment, those of a draft without a document. */
GPtrArray *baleen_attachments_from_json (const char *json); /* (nullable) */

/* Those of a message, made once; empty for most. */
GPtrArray *baleen_attachments_of (BaleenMessage *message);
/* What the model reads of a message: its files that go whole, then its text. Free it. */
char *baleen_attachments_frame_text (BaleenMessage *message);

G_END_DECLS
