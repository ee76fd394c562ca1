/* The composer's parts, for its own files only. */
#pragma once

#include "baleen-attachment-bar.h"
#include "baleen-coach-line.h"
#include "baleen-composer.h"
#include "baleen-template-form.h"

G_BEGIN_DECLS

struct _BaleenComposer
{
  GtkWidget parent_instance;

  GtkWidget *coach;
  GtkWidget *attachments;
  GtkWidget *form;
  GtkWidget *writing; /* the text with what lies over it */
  GtkWidget *scroller;
  GtkWidget *text;
  GtkWidget *placeholder;
  GtkWidget *link_offer; /* to read the page of the link in the text */
  char *taken_link;      /* (owned) (nullable) whose page was read already */
  GtkWidget *preview; /* the exact prompt, in place of the text */
  GtkWidget *template_button;
  GtkWidget *think;
  GtkWidget *think_icon;
  GtkWidget *search;
  GtkWidget *search_icon;
  GtkWidget *meter;
  GtkWidget *send;
  GtkWidget *choice; /* (nullable) what was asked at Send, until it is gone */
  guint choice_source;
  GtkWidget *slash; /* (nullable) the menu, once it was needed */

  BaleenConversation *conversation; /* (owned) (nullable) */
  GSettings *settings;              /* (owned) (nullable) */
  BaleenTemplateShelf *shelf;       /* (owned) (nullable) */
  GtkTextBuffer *buffer;            /* the text's */
  char *model;                      /* (owned) (nullable) */
  char *host;                       /* (owned) (nullable) where the words go */
  gboolean is_answering;
  gboolean can_search; /* a search service is set up */
  gboolean is_over; /* what would be sent does not fit */
  BaleenAttachment *pasted;  /* (unowned) (nullable) weak: a paste that an undo makes text */
  gboolean is_composing;     /* the input method shows what it has not committed */
  gboolean is_filling;       /* we change the text, not the user */
  gboolean is_slash_refused; /* the “/” that begins this line is a character */
  guint draft_source;
};

/* baleen-composer.c */
void baleen_composer_update_send (BaleenComposer *self);
void baleen_composer_touch_draft (BaleenComposer *self);

/* baleen-composer-form.c: the form, and the prompt it makes. */
void baleen_composer_watch_form (BaleenComposer *self);
gboolean baleen_composer_is_form_open (BaleenComposer *self);
void baleen_composer_set_is_form_open (BaleenComposer *self,
                                       gboolean        is_open);
/* What Send would send; NULL with a sentence when the form is not filled well. */
char *baleen_composer_compose (BaleenComposer  *self,
                               char           **system,
                               GError         **error);
/* The form as JSON; NULL when it is closed or holds nothing. Free it. */
char *baleen_composer_dup_form (BaleenComposer *self);
void baleen_composer_restore_form (BaleenComposer *self,
                                   const char     *json); /* (nullable) */
void baleen_composer_update_preview (BaleenComposer *self);

/* baleen-composer-files.c: what is attached. */
gboolean baleen_composer_undo_paste (BaleenComposer *self);
void baleen_composer_watch_files (BaleenComposer *self);
void baleen_composer_class_install_file_signals (GType type);
gboolean baleen_composer_is_reading (BaleenComposer *self);
/* `text` with the files that go whole before it, as the model gets it. */
char *baleen_composer_frame_files (BaleenComposer *self,
                                   const char     *text);
/* The draft's part; NULL without any. Free it. */
char *baleen_composer_dup_files (BaleenComposer *self);
void baleen_composer_restore_files (BaleenComposer *self,
                                    const char     *json); /* (nullable) */

/* baleen-composer-links.c: the offer to read the page of a link. */
void baleen_composer_watch_links (BaleenComposer *self);
void baleen_composer_update_link (BaleenComposer *self);
void baleen_composer_class_install_link_signals (GType type);

/* baleen-composer-tools.c: the toggles. */
void baleen_composer_begin_tools (BaleenComposer *self);
void baleen_composer_class_install_tool_signals (GType type);

/* baleen-composer-slash.c: the menu that “/” opens. */
void baleen_composer_update_slash (BaleenComposer *self);
gboolean baleen_composer_take_slash_key (BaleenComposer *self,
                                         guint           keyval);
gboolean baleen_composer_close_slash (BaleenComposer *self);

G_END_DECLS
