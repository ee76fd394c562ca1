#pragma once

#include "baleen-banner.h"
#include "baleen-composer.h"
#include "baleen-context-counter.h"
#include "baleen-document-view.h"
#include "baleen-empty-page.h"
#include "baleen-ledger-page.h"
#include "baleen-model-chooser.h"
#include "baleen-side-panel.h"
#include "baleen-sidebar.h"
#include "baleen-sources-page.h"
#include "baleen-title-speaker.h"
#include "baleen-transcript.h"
#include "baleen-window.h"
#include "outline.h"

G_BEGIN_DECLS

/* How wide the window is, as far as the layout cares. */
typedef enum
{
  BALEEN_SIZE_NARROW, /* below 500 */
  BALEEN_SIZE_MEDIUM, /* below 942 */
  BALEEN_SIZE_WIDE,
} BaleenSizeClass;

struct _BaleenWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *toasts;
  GListModel *toast_children; /* (owned) (nullable) once disposed */
  GtkWidget *flap;
  GtkWidget *sidebar;
  GtkWidget *header;
  GtkWidget *sidebar_button;
  GtkWidget *panel_flap;
  GtkWidget *panel;
  GtkWidget *panel_button;
  GtkWidget *sources_page;
  GtkWidget *document_view;
  GtkWidget *ledger_page;
  GtkWidget *drop_words; /* what dropping would do, while something is dragged */
  GtkWidget *chooser;
  GtkWidget *menu_button;
  GtkWidget *network_button;
  GtkWidget *offered_button;
  GtkWidget *banner;
  GtkWidget *find_bar;
  GtkWidget *empty_page;
  GtkWidget *transcript;
  GtkWidget *composer;

  BaleenApplication *application;   /* outlives us */
  BaleenConversation *conversation; /* (owned) (nullable) until the first is shown */
  BaleenMessage *running;           /* (owned) (nullable) the answer being written in it */
  gint64 place;                     /* id: of what to show once the history is open */
  char **files_to_open;             /* (owned) (nullable) until there is a conversation */
  gint64 wanted_message;            /* id: to be shown once its conversation is loaded */
  gint64 running_since;             /* monotonic */
  BaleenState spoken_state;         /* of it, that the title said */
  BaleenMessage *again;    /* (weak) (nullable) the answer to be given anew by the model chosen next */
  BaleenMessage *awaited;  /* (weak) (nullable) the answer that waits for the model chosen last */
  BaleenMessage *refilled;          /* (weak) (nullable) the question whose form is open anew */
  BaleenTitleSpeaker *speaker;      /* (owned) */
  void (*banner_action) (BaleenWindow *self); /* (nullable) */
  void (*banner_other) (BaleenWindow *self);  /* (nullable) */
  BaleenConversation *banner_about; /* (nullable) only compared: the one that its sentence is of */

  BaleenSizeClass size_class;
  gboolean is_low;
  guint size_source;
  gboolean is_sidebar_wanted; /* what the user last chose for the unfolded window */
  gboolean is_panel_wanted;   /* the same of the side panel */
  GtkWidget *panel_opener;    /* (nullable) what had the focus when it opened */
  gboolean is_temporary;      /* nothing is saved, and the user said that this is fine */
  guint loading_source;
  BaleenContextCounter *counter; /* (owned) (nullable) until the services are watched */
  BaleenContextCounter *ledger_counter; /* (owned) (nullable) for the answer of the ledger */
  guint count_source;
  guint news_source;
  gboolean is_outline_wanted; /* what is being sent now shall be outlined */
  gboolean are_points_wanted; /* or answered point by point */
  GCancellable *summary; /* (owned) (nullable) while one is made */
  BaleenConversation *summary_of; /* (nullable) of this one, which its maker holds */
  gboolean is_summary_moving; /* it goes into a new chat, and the reader with it */
  guint n_summarized;
  gboolean is_loading_shown;
  GtkWidget *network_window; /* (weak) (nullable) while it is open */
  guint network_source;      /* while the sign stays after the last exchange */
  gboolean was_connected;
};

/* Each file of actions installs its own in the class, as "win.…". */
typedef struct
{
  const char *name;
  GtkWidgetActionActivateFunc func;
} BaleenWindowAction;

void baleen_window_class_install_chat_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_message_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_reading_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_region_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_panel_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_conversation_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_file_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_folder_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_search_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_program_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_template_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_taking_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_attachment_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_context_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_room_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_outline_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_summary_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_web_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_network_actions (GtkWidgetClass *widget_class);
void baleen_window_class_install_link_actions (GtkWidgetClass *widget_class);

/* baleen-window-templates.c: opens the form that a question was written in, to change it and
 * send it as a branch; FALSE if it was written in none. */
gboolean baleen_window_refill (BaleenWindow  *self,
                               BaleenMessage *question);
/* Sends what the composer gives. */
void baleen_window_send (BaleenWindow *self,
                         const char   *text,
                         const char   *filled,  /* (nullable) */
                         const char   *system); /* (nullable) */

/* baleen-window-chat.c */
BaleenMessage *baleen_window_get_last_answer (BaleenWindow *self);  /* (nullable) */
/* The answer in the focused row, else the last one. */
BaleenMessage *baleen_window_get_meant_answer (BaleenWindow *self); /* (nullable) */
void baleen_window_wish (BaleenWindow  *self,
                         BaleenMessage *message,
                         BaleenWish     wish,
                         guint          sibling);

/* baleen-window-panel.c: the side panel. It opens by itself only when something was clicked
 * that is shown in it. */
void baleen_window_build_panel (BaleenWindow *self);
void baleen_window_open_panel (BaleenWindow *self,
                               const char   *page);
void baleen_window_close_panel (BaleenWindow *self);
/* After folding, revealing, or a change of the size class. */
void baleen_window_update_panel (BaleenWindow *self);
/* Shows what an answer rests on; `number` 0 for all of it. */
void baleen_window_show_source (BaleenWindow  *self,
                                BaleenMessage *message,
                                int            number);

/* baleen-window-conversations.c: the one whose row or menu in the sidebar is meant, else the one
 * that is shown, if anything was said in it. */
BaleenConversation *baleen_window_get_meant_conversation (BaleenWindow *self); /* (nullable) */

/* baleen-window-search.c */
/* What the find bar looks at: its words for the nth time in a message; NULL when at none. */
void baleen_window_show_hit (BaleenWindow  *self,
                             BaleenMessage *message,
                             guint          nth);

/* baleen-window-summaries.c: what went into the calls that made an answer. */
void baleen_window_show_ledger (BaleenWindow  *self,
                                BaleenMessage *message);
/* As Markdown, or as a web page. */
void baleen_window_export_summary (BaleenWindow  *self,
                                   BaleenMessage *message,
                                   GFile         *file,
                                   gboolean       is_html);

/* baleen-window-files.c */
void baleen_window_import (BaleenWindow *self,
                           const char   *path);

/* baleen-window-messages.c: what is done with a message that is there. */
void baleen_window_ask_again (BaleenWindow  *self,
                              BaleenMessage *question,
                              const char    *text,
                              gboolean       think);
/* Into the composer, as a quote. */
void baleen_window_quote_text (BaleenWindow *self,
                               const char   *words);
/* FALSE when that wish is none of its own. */
gboolean baleen_window_message_wish (BaleenWindow  *self,
                                     BaleenMessage *message,
                                     BaleenWish     wish,
                                     guint          argument);

/* baleen-window-room.c: another conversation is shown, perhaps the one that is summarized. */
void baleen_window_tell_of_summary (BaleenWindow *self);

/* baleen-window-status.c: what the program says of itself in header and title. */
void baleen_window_update_model_line (BaleenWindow *self);
void baleen_window_watch_services (BaleenWindow *self);
void baleen_window_watch_answer (BaleenWindow *self);

/* A sentence that goes by itself, in a toast and in the title. */
void baleen_window_say (BaleenWindow *self,
                        const char   *sentence);

/* baleen-window-trouble.c: what goes wrong, in the banner. */
void baleen_window_watch_trouble (BaleenWindow *self);
/* `action` is the word on its button (nullable). */
void baleen_window_show_banner (BaleenWindow *self,
                                const char   *sentence,
                                const char   *action,
                                void        (*func) (BaleenWindow *));
/* The same with a second button (nullable). */
void baleen_window_show_banner_with (BaleenWindow *self,
                                     const char   *sentence,
                                     const char   *action,
                                     void        (*func) (BaleenWindow *),
                                     const char   *other,
                                     void        (*other_func) (BaleenWindow *));
/* The same of what concerns the conversation only: it goes when another one is opened. */
void baleen_window_show_chat_banner (BaleenWindow *self,
                                     const char   *sentence,
                                     const char   *action, /* (nullable) */
                                     void        (*func) (BaleenWindow *)); /* (nullable) */

/* baleen-window-context.c: the meter. What would be sent has changed. */
void baleen_window_touch_context (BaleenWindow *self);
void baleen_window_watch_context (BaleenWindow *self);

/* baleen-window-outline.c: whether what is sent now is outlined first. */
/* What is being sent in points, where that was asked for; NULL where it is to be one answer. */
BaleenOutline *baleen_window_get_points (BaleenWindow *self,
                                         const char   *text);
gboolean baleen_window_wants_outline (BaleenWindow *self,
                                      const char   *text);
void baleen_window_write_section (BaleenWindow  *self,
                                  BaleenMessage *message,
                                  guint          section,
                                  gboolean       writes_all);

/* baleen-window-room.c: asks what to do about a request that does not fit. */
void baleen_window_make_room (BaleenWindow *self);

/* baleen-window-attachments.c: a file or a folder, and a text, for the message to come. */
/* Says what the first window of a run has to say. */
void baleen_window_greet (BaleenWindow *self);
/* A text that goes with the message as a file called `name` would. */
void baleen_window_attach_named_text (BaleenWindow *self,
                                      const char   *name,
                                      const char   *text);
void baleen_window_attach_text (BaleenWindow *self,
                                const char   *text);
void baleen_window_watch_attachments (BaleenWindow *self);
/* Asks each document that does not go whole; FALSE if all do. */
gboolean baleen_window_ask_documents (BaleenWindow *self,
                                      const char   *text,
                                      GPtrArray    *attachments);
/* One file less goes whole; FALSE when none does. */
gboolean baleen_window_shorten_attachments (BaleenWindow *self);
/* Files that are longer than what the model answers from are asked by their passages, though
 * they would fit; whether there are any that went whole so far. */
gboolean baleen_window_prefer_passages (BaleenWindow *self,
                                        GPtrArray    *attachments);
/* A document that was asked stays with the composer for the next question. */
void baleen_window_keep_at_hand (BaleenWindow     *self,
                                 BaleenAttachment *attachment);

/* baleen-window-panel.c: shows a document, at one of the places if there are any. */
void baleen_window_show_document (BaleenWindow     *self,
                                  BaleenAttachment *attachment,
                                  GPtrArray        *places, /* (nullable) */
                                  guint             position);

/* baleen-window-web.c */
void baleen_window_watch_web (BaleenWindow *self);
/* Opens the preferences where the search service is chosen. */
void baleen_window_set_up_search (BaleenWindow *self);

/* baleen-window-links.c: pages that go with a message. */
void baleen_window_watch_links (BaleenWindow *self);

/* baleen-window-network.c: the sign in the header. */
void baleen_window_watch_network (BaleenWindow *self);
void baleen_window_update_network (BaleenWindow *self);

/* baleen-window-program.c */
/* Answers come from it from now on; an answer that waits for another model is given anew. */
void baleen_window_take_model (BaleenWindow *self,
                               const char   *path);
void baleen_window_follow_settings (BaleenWindow *self);

G_END_DECLS
