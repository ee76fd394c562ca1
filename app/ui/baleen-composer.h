/* Where a message is written. Enter sends and Shift+Enter breaks the line; an Enter that
 * belongs to an input method does neither. */
#pragma once

#include "baleen-attachment.h"
#include "baleen-context-meter.h"
#include "baleen-conversation.h"
#include "baleen-template-shelf.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_COMPOSER (baleen_composer_get_type ())
G_DECLARE_FINAL_TYPE (BaleenComposer, baleen_composer, BALEEN, COMPOSER, GtkWidget)

/* Emits ::send (char *text, char *filled, char *system): what to send, the form it was written
 * in as JSON (nullable), and what a system prompt template says (nullable); ::problem (char
 * *sentence) when there is nothing to send but that; ::stop, ::edited when the text changed, and
 * ::draft-changed when it rests. Of files: ::summarize (const BaleenSummaryOptions *), ::measure
 * (BaleenAttachment), ::ask, ::open-attachment (BaleenAttachment), ::read-wanted
 * (BaleenAttachment) for one that is added by the composer itself, ::doubled for one that is
 * there already, and ::pasted (char *) for a text that is long enough to be a file. */

/* Shows its draft and its toggles. */
void baleen_composer_set_conversation (BaleenComposer     *self,
                                       BaleenConversation *conversation);
/* Puts the text as it is now into the conversation's draft. */
void baleen_composer_keep_draft (BaleenComposer *self);

/* Where the hints' switches and the key that sends are; without it there are no hints. */
void baleen_composer_set_settings (BaleenComposer *self,
                                   GSettings      *settings);
/* Dismisses the hint that is shown; FALSE when none is. */
gboolean baleen_composer_dismiss_hint (BaleenComposer *self);
/* What the hints are told of the model: see baleen_coach_line_set_model(). */
void baleen_composer_set_reading (BaleenComposer    *self,
                                  const char *const *languages, /* (nullable) */
                                  gsize              n_context);

/* `name` of the model (nullable: none yet), and whether it can think by itself: another one
 * makes notes first. */
void baleen_composer_set_model (BaleenComposer *self,
                                const char     *name,
                                gboolean        can_think,
                                const char     *host); /* (nullable) NULL: this computer */
/* What Send would send, how many bytes at its beginning are from files, and its system prompt
 * (nullable); NULL when that is nothing yet. */
char *baleen_composer_dup_prompt (BaleenComposer  *self,
                                  char           **system,
                                  gsize           *n_files);
/* What the prompt of the form comes to in tokens, shown beside Preview; NULL: not known. */
void baleen_composer_show_prompt_length (BaleenComposer          *self,
                                         const BaleenPromptCount *count);
BaleenContextMeter *baleen_composer_get_meter (BaleenComposer *self);
/* Takes the popover, shows it at Send, and lets go of it when it closes. */
void baleen_composer_popup_at_send (BaleenComposer *self,
                                    GtkPopover     *popover);
/* Send becomes “Make Room…” and emits ::make-room. */
void baleen_composer_set_is_over (BaleenComposer *self,
                                  gboolean        is_over);

/* Send becomes Stop while an answer is written. */
void baleen_composer_set_is_answering (BaleenComposer *self,
                                       gboolean        is_answering);

void baleen_composer_set_text (BaleenComposer *self,
                               const char     *text);
/* Whether there is anything to send. */
gboolean baleen_composer_has_something (BaleenComposer *self);
char *baleen_composer_dup_text (BaleenComposer *self);
gboolean baleen_composer_get_think (BaleenComposer *self);
void baleen_composer_set_think (BaleenComposer *self,
                                gboolean        think);

/* Web Search. Where there is no search service, being turned on emits ::search-refused and
 * it stays off. `host` is where the words go (nullable: no service). */
gboolean baleen_composer_get_search (BaleenComposer *self);
void baleen_composer_set_search (BaleenComposer *self,
                                 gboolean        search);
void baleen_composer_set_search_host (BaleenComposer *self,
                                      const char     *host);

/* The template form; what was filled stays when it is closed. */
void baleen_composer_set_shelf (BaleenComposer      *self,
                                BaleenTemplateShelf *shelf);
void baleen_composer_toggle_form (BaleenComposer *self);
/* The template with that id, its fields filled with their examples. */
void baleen_composer_open_example (BaleenComposer *self,
                                   const char     *id);
void baleen_composer_open_template (BaleenComposer *self,
                                    const char     *id);
/* A message's part BALEEN_PART_TEMPLATE, to be changed and sent again; FALSE if it is none. */
gboolean baleen_composer_open_filling (BaleenComposer *self,
                                       const char     *json);

/* FALSE if that file is there already. */
gboolean baleen_composer_add_attachment (BaleenComposer   *self,
                                         BaleenAttachment *attachment);
/* How long a single file would take; the answer to ::measure. */
void baleen_composer_set_estimate (BaleenComposer   *self,
                                   BaleenAttachment *attachment,
                                   const char       *words);
void baleen_composer_measure_again (BaleenComposer *self);
/* What summaries are asked to be as long as nobody chooses. */
void baleen_composer_set_usual_summary (BaleenComposer *self,
                                        const char     *length,
                                        const char     *form,
                                        const char     *language);
/* The same for one that was dealt with: nothing is offered for it. */
void baleen_composer_keep_at_hand (BaleenComposer   *self,
                                   BaleenAttachment *attachment);
/* Of BaleenAttachment. */
GPtrArray *baleen_composer_get_attachments (BaleenComposer *self);
/* They go with a message; the array is the caller's. */
GPtrArray *baleen_composer_take_attachments (BaleenComposer *self);

/* As if Send was pressed. */
void baleen_composer_send (BaleenComposer *self);
GtkWidget *baleen_composer_get_text_view (BaleenComposer *self);

G_END_DECLS
