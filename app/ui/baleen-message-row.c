#include "baleen-message-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-answer-actions.h"
#include "baleen-answer-status.h"
#include "baleen-answer-view.h"
#include "baleen-code-view.h"
#include "baleen-note-view.h"
#include "baleen-outline-view.h"
#include "baleen-query-card.h"
#include "baleen-question-view.h"
#include "baleen-step-list.h"
#include "baleen-summary-view.h"
#include "baleen-text-piece.h"
#include "baleen-thought-block.h"
#include "baleen-words.h"
#include "baleen-wrap-layout.h"
#include "finished-sentences.h"
#include "found-words.h"
#include "message-doubts.h"
#include "message-popup.h"
#include "search-text.h"
#include "summary-record.h"
#include "unverified-words.h"

struct _BaleenMessageRow
{
  GtkWidget parent_instance;

  BaleenConversation *conversation; /* (owned) */
  BaleenMessage *message;           /* (owned) */
  GtkWidget *box;

  GtkWidget *question; /* (nullable) the user's words */
  GtkWidget *note;     /* (nullable) what stands for turns */
  GtkWidget *card;     /* (nullable) what would be searched for */
  GtkWidget *steps;    /* (nullable) what its search did */
  GtkWidget *outline;  /* (nullable) of an answer in sections */
  GtkWidget *summary;  /* (nullable) of an answer that is one */
  GtkWidget *left_out; /* (nullable) says that it is not sent, once it was so */

  GtkWidget *status;   /* (nullable) these of an answer */
  GtkWidget *switched; /* (nullable) says that another model answers from here */
  GtkWidget *problem;  /* (nullable) why it failed, once it did */
  GtkWidget *doubts;   /* (nullable) what of it its documents do not have */
  GtkWidget *thought;
  GtkWidget *view;
  GtkWidget *cited; /* its sources as chips; hidden when it has none */
  GtkWidget *actions;

  gsize spoken; /* bytes of the text whose sentences were the row's name already */
  gsize shown;  /* bytes */
  guint tick;   /* the frame clock's, while there is something new to show */
};

G_DEFINE_FINAL_TYPE (BaleenMessageRow, baleen_message_row, GTK_TYPE_WIDGET)

enum
{
  WANTED,
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_answer (BaleenMessageRow *self)
{
  return baleen_message_get_role (self->message) == BALEEN_ROLE_ASSISTANT;
}

static void
set_name (BaleenMessageRow *self,
          const char       *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* ---- what an answer says of itself ---------------------------------------------------- */

/* Known once its own model is, which is when its turn comes. */
static void
show_switch (BaleenMessageRow *self)
{
  g_autofree char *words = NULL;

  if (self->switched != NULL)
    return;
  words = baleen_words_switch (self->conversation, self->message);
  if (words == NULL)
    return;
  self->switched = g_object_new (GTK_TYPE_LABEL, "label", words, "ellipsize",
                                 PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->switched, "switched");
  gtk_widget_add_css_class (self->switched, "caption");
  gtk_box_prepend (GTK_BOX (self->box), self->switched);
}

/* A new line of its status. */
static void
told_cb (BaleenMessageRow *self)
{
  show_switch (self);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      baleen_answer_status_get_words (BALEEN_ANSWER_STATUS (self->status)), -1);
}

static GtkWidget *
closing_line_new (const char *css_class)
{
  GtkWidget *line = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                  PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (line, css_class);
  return line;
}

/* Why it failed, where its text ended: what was read so far stays in its place. */
static void
show_problem (BaleenMessageRow *self)
{
  const gboolean is_failed = baleen_message_get_state (self->message) == BALEEN_STATE_FAILED;

  if (is_failed && self->problem == NULL)
    {
      self->problem = closing_line_new ("problem");
      gtk_box_insert_child_after (GTK_BOX (self->box), self->problem,
                                  gtk_widget_get_prev_sibling (self->actions));
    }
  if (self->problem == NULL)
    return;
  gtk_widget_set_visible (self->problem, is_failed);
  if (is_failed)
    gtk_label_set_text (GTK_LABEL (self->problem), baleen_message_get_problem (self->message));
}

/* ---- its text ------------------------------------------------------------------------- */

/* While a reader's focus is on the row, its name becomes each sentence as it is finished: the
 * only text change that a screen reader speaks here. */
static void
speak_sentences (BaleenMessageRow *self)
{
  g_autofree char *sentences
      = finished_sentences_take (baleen_message_get_text (self->message), &self->spoken);

  if (sentences != NULL && gtk_widget_has_focus (GTK_WIDGET (self)))
    set_name (self, sentences);
}

static void
show_text (BaleenMessageRow *self)
{
  const char *text = baleen_message_get_text (self->message);
  const gsize length = baleen_message_get_text_length (self->message);
  const gboolean is_running = baleen_state_is_running (baleen_message_get_state (self->message));
  const gboolean is_new = length < self->shown;

  baleen_answer_view_set_text (BALEEN_ANSWER_VIEW (self->view), text, is_running, is_new);
  baleen_thought_block_update (BALEEN_THOUGHT_BLOCK (self->thought), self->message, is_new);
  self->shown = length;
  speak_sentences (self);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  BaleenMessageRow *self = BALEEN_MESSAGE_ROW (widget);

  self->tick = 0;
  show_text (self);
  return G_SOURCE_REMOVE;
}

static void
grown_cb (BaleenMessage    *message,
          BaleenMessageRow *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* What can be done about a failure stands beside its sentence, in any row. */
static void
show_remedy (BaleenMessageRow *self)
{
  if (baleen_message_get_state (self->message) != BALEEN_STATE_FAILED)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "failed");
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
  baleen_answer_actions_show (BALEEN_ANSWER_ACTIONS (self->actions));
}

static void
state_cb (BaleenMessage    *message,
          GParamSpec       *pspec,
          BaleenMessageRow *self)
{
  g_autofree char *name = baleen_words_row (self->message);

  show_text (self);
  baleen_answer_status_tell (BALEEN_ANSWER_STATUS (self->status));
  baleen_answer_actions_update (BALEEN_ANSWER_ACTIONS (self->actions), self->conversation,
                                self->message);
  show_problem (self);
  show_remedy (self);
  /* Of an answer that somebody listens to, the name is what it says. */
  if (!baleen_state_is_running (baleen_message_get_state (message))
      || !gtk_widget_has_focus (GTK_WIDGET (self)))
    set_name (self, name);
}

/* “Sources: 1 2 3”, each a chip like those in the text. */
static void
sources_cb (BaleenMessageRow *self)
{
  GPtrArray *sources = baleen_message_get_sources (self->message);
  g_autoptr (BaleenRichText) line = baleen_rich_text_new ();

  baleen_answer_view_set_sources (BALEEN_ANSWER_VIEW (self->view), sources);
  baleen_rich_text_append (line, _("Sources:"), -1, 0, 0, NULL);
  for (guint i = 0; i < sources->len; i++)
    {
      const int number = baleen_source_get_number (sources->pdata[i]);
      g_autofree char *words = g_strdup_printf ("[%d]", number);

      baleen_rich_text_append (line, " ", 1, 0, 0, NULL);
      baleen_rich_text_append (line, words, -1, BALEEN_SPAN_CITATION, number, NULL);
    }
  baleen_text_piece_set_sources (BALEEN_TEXT_PIECE (self->cited), sources);
  baleen_text_piece_set_rich (BALEEN_TEXT_PIECE (self->cited), line);
  /* Of a summary the tree shows them, with the claims that stand on them. */
  gtk_widget_set_visible (self->cited, sources->len > 0 && self->summary == NULL);
}

/* Marked where they stand, and said below: a dotted line alone says nothing. */
static void
show_doubts (BaleenMessageRow *self)
{
  g_auto (GStrv) words = baleen_message_dup_doubts (self->message);
  g_autofree char *list = words != NULL ? g_strjoinv (_(", "), words) : NULL;
  g_autofree char *sentence = NULL;

  unverified_words_set (self->view, (const char *const *) words);
  if (words != NULL && self->doubts == NULL)
    {
      self->doubts = closing_line_new ("unverified");
      gtk_box_insert_child_after (GTK_BOX (self->box), self->doubts, self->cited);
    }
  if (self->doubts == NULL)
    return;
  gtk_widget_set_visible (self->doubts, words != NULL);
  sentence = g_strdup_printf (_("unverified, not found in the document: %s"), list);
  gtk_label_set_text (GTK_LABEL (self->doubts), sentence);
}

/* A chip in the text was used. */
static void
cite_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[WANTED], 0, BALEEN_WISH_SOURCE, g_variant_get_int32 (parameter));
}

/* An item of the menu was chosen. */
static void
wish_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  int wish, argument;

  g_variant_get (parameter, "(ii)", &wish, &argument);
  g_signal_emit (widget, signals[WANTED], 0, wish, argument);
}

static void
wanted_cb (BaleenAnswerActions *actions,
           int                  wish,
           guint                position,
           BaleenMessageRow    *self)
{
  g_signal_emit (self, signals[WANTED], 0, wish, position);
}

/* ---- building ------------------------------------------------------------------------- */

static void
write_cb (BaleenOutlineView *outline,
          guint              section,
          gboolean           all,
          BaleenMessageRow  *self)
{
  g_signal_emit (self, signals[WANTED], 0, all ? BALEEN_WISH_WRITE_ALL : BALEEN_WISH_WRITE_SECTION,
                 section);
}

static void
outline_edited_cb (BaleenOutlineView *outline,
                   BaleenMessageRow  *self)
{
  g_signal_emit (self, signals[WANTED], 0, BALEEN_WISH_KEEP, 0);
}

/* Few answers have one, so it is made when there is. */
static void
show_outline (BaleenMessageRow *self)
{
  baleen_answer_actions_update (BALEEN_ANSWER_ACTIONS (self->actions), self->conversation,
                                self->message);
  if (self->outline != NULL
      || baleen_message_get_part (self->message, BALEEN_PART_OUTLINE) == NULL)
    return;

  self->outline = baleen_outline_view_new (self->message);
  g_signal_connect (self->outline, "write", G_CALLBACK (write_cb), self);
  g_signal_connect (self->outline, "edited", G_CALLBACK (outline_edited_cb), self);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->outline, self->thought);
}

/* Few answers are one, as above. */
static void
show_summary (BaleenMessageRow *self)
{
  if (self->summary != NULL || !baleen_message_is_summary (self->message))
    return;

  self->summary = baleen_summary_view_new (self->message);
  baleen_answer_status_set_summary (BALEEN_ANSWER_STATUS (self->status), self->summary);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->summary, self->view);
  gtk_widget_set_visible (self->cited, FALSE);
}

static void
decided_cb (BaleenMessageRow *self,
            gboolean          is_wanted)
{
  g_signal_emit (self, signals[WANTED], 0, BALEEN_WISH_SEARCH, is_wanted ? 1 : 0);
}

static void
show_card (BaleenMessageRow *self)
{
  const gboolean is_wanted = baleen_message_get_queries (self->message) != NULL
                             && baleen_state_is_running (baleen_message_get_state (self->message));

  if (!is_wanted && self->card != NULL)
    gtk_widget_set_visible (self->card, FALSE);
  if (!is_wanted || self->card != NULL)
    return;

  self->card = baleen_query_card_new (self->message);
  g_signal_connect_swapped (self->card, "decided", G_CALLBACK (decided_cb), self);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->card, self->thought);
  baleen_answer_status_tell (BALEEN_ANSWER_STATUS (self->status));
  gtk_widget_grab_focus (self->card);
}

static void
use_found_cb (BaleenMessageRow *self)
{
  g_signal_emit (self, signals[WANTED], 0, BALEEN_WISH_USE_FOUND, 0);
}

/* Few answers have any, so the list is made with the first. */
static void
show_steps (BaleenMessageRow *self)
{
  if (self->steps != NULL || baleen_message_get_steps (self->message)->len == 0)
    return;
  self->steps = baleen_step_list_new (self->message);
  g_signal_connect_swapped (self->steps, "use-found", G_CALLBACK (use_found_cb), self);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->steps,
                              gtk_widget_get_prev_sibling (self->thought));
}

static void
build_answer (BaleenMessageRow *self)
{
  self->status = baleen_answer_status_new (self->message);
  g_signal_connect_swapped (self->status, "told", G_CALLBACK (told_cb), self);
  self->thought = baleen_thought_block_new ();
  self->view = baleen_answer_view_new ();
  self->cited = baleen_text_piece_new ();
  gtk_widget_add_css_class (self->cited, "cited");
  gtk_widget_add_css_class (self->view, "answer");
  self->actions = baleen_answer_actions_new ();
  g_signal_connect (self->actions, "wanted", G_CALLBACK (wanted_cb), self);

  gtk_box_append (GTK_BOX (self->box), self->status);
  gtk_box_append (GTK_BOX (self->box), self->thought);
  gtk_box_append (GTK_BOX (self->box), self->view);
  gtk_box_append (GTK_BOX (self->box), self->cited);
  gtk_box_append (GTK_BOX (self->box), self->actions);

  g_signal_connect_object (self->message, "grown", G_CALLBACK (grown_cb), self, 0);
  g_signal_connect_object (self->message, "notify::state", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (self->message, "notify::parts", G_CALLBACK (show_outline), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->message, "notify::queries", G_CALLBACK (show_card), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->message, "notify::state", G_CALLBACK (show_card), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->message, "notify::steps", G_CALLBACK (show_steps), self,
                           G_CONNECT_SWAPPED);
  show_card (self);
  show_steps (self);
  show_outline (self);
  g_signal_connect_object (self->message, "notify::parts", G_CALLBACK (show_summary), self,
                           G_CONNECT_SWAPPED);
  show_summary (self);
  g_signal_connect_object (self->message, "notify::parts", G_CALLBACK (show_doubts), self,
                           G_CONNECT_SWAPPED);
  show_doubts (self);
  g_signal_connect_object (self->message, "notify::sources", G_CALLBACK (sources_cb), self,
                           G_CONNECT_SWAPPED);
  self->spoken = baleen_message_get_text_length (self->message);
  sources_cb (self);
  state_cb (self->message, NULL, self);
  if (!baleen_state_is_running (baleen_message_get_state (self->message)))
    baleen_answer_view_fold (BALEEN_ANSWER_VIEW (self->view));
}

static void
edited_cb (BaleenMessageRow *self,
           const char       *text,
           gboolean          think)
{
  g_signal_emit (self, signals[EDITED], 0, text, think);
}

static void
build_question (BaleenMessageRow *self)
{
  /* Its buttons keep distance enough. */
  gtk_box_set_spacing (GTK_BOX (self->box), 0);
  self->question = baleen_question_view_new (self->message);
  g_signal_connect_swapped (self->question, "edited", G_CALLBACK (edited_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->question);
  self->actions = baleen_answer_actions_new ();
  gtk_widget_set_halign (self->actions, GTK_ALIGN_END);
  g_signal_connect (self->actions, "wanted", G_CALLBACK (wanted_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->actions);
  baleen_answer_actions_update (BALEEN_ANSWER_ACTIONS (self->actions), self->conversation,
                                self->message);
}

static void
note_toggled_cb (BaleenMessageRow *self)
{
  g_signal_emit (self, signals[WANTED], 0, BALEEN_WISH_SEND_AGAIN, 0);
}

static void
build_note (BaleenMessageRow *self)
{
  self->note = baleen_note_view_new (self->message);
  g_signal_connect_swapped (self->note, "toggled", G_CALLBACK (note_toggled_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->note);
}

/* ---- left out --------------------------------------------------------------------------- */

static void
build_left_out (BaleenMessageRow *self)
{
  GtkWidget *words = gtk_label_new (_("Not sent to the model"));
  GtkWidget *again = gtk_button_new_with_label (_("Send Again"));

  self->left_out = baleen_wrap_box_new (6);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (again, "flat");
  gtk_widget_set_halign (self->left_out, is_answer (self) ? GTK_ALIGN_START : GTK_ALIGN_END);
  g_signal_connect_swapped (again, "clicked", G_CALLBACK (note_toggled_cb), self);
  gtk_box_append (GTK_BOX (self->left_out), words);
  gtk_box_append (GTK_BOX (self->left_out), again);
  gtk_box_append (GTK_BOX (self->box), self->left_out);
}

/* A note says by itself what it stands for. */
static void
left_out_cb (BaleenMessageRow *self)
{
  const gboolean is_left_out = baleen_message_get_is_left_out (self->message);

  if (baleen_message_get_role (self->message) == BALEEN_ROLE_SYSTEM)
    return;
  if (is_left_out && self->left_out == NULL)
    build_left_out (self);
  if (self->left_out != NULL)
    gtk_widget_set_visible (self->left_out, is_left_out);
  if (is_left_out)
    gtk_widget_add_css_class (GTK_WIDGET (self), "left-out");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "left-out");
}

static void
baleen_message_row_dispose (GObject *object)
{
  BaleenMessageRow *self = BALEEN_MESSAGE_ROW (object);

  message_popup_remove (GTK_WIDGET (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->message);
  g_clear_object (&self->conversation);
  G_OBJECT_CLASS (baleen_message_row_parent_class)->dispose (object);
}

static void
baleen_message_row_class_init (BaleenMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_message_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "messagerow");

  gtk_widget_class_install_action (widget_class, "row.cite", "i", cite_cb);
  gtk_widget_class_install_action (widget_class, "row.wish", "(ii)", wish_cb);
  message_popup_install (widget_class);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_UINT);
}

/* Text that is selected with the pointer is copied with the key: the row must hear it. */
static void
pressed_cb (GtkGestureClick  *gesture,
            int               n_press,
            double            x,
            double            y,
            BaleenMessageRow *self)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
entered_cb (BaleenMessageRow *self)
{
  if (self->actions != NULL)
    baleen_answer_actions_show (BALEEN_ANSWER_ACTIONS (self->actions));
}

static void
baleen_message_row_init (BaleenMessageRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (entered_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
baleen_message_row_new (BaleenConversation *conversation,
                        BaleenMessage      *message)
{
  BaleenMessageRow *self = g_object_new (BALEEN_TYPE_MESSAGE_ROW, NULL);
  g_autofree char *name = baleen_words_row (message);

  self->conversation = g_object_ref (conversation);
  self->message = g_object_ref (message);
  if (is_answer (self))
    build_answer (self);
  else if (baleen_message_get_role (message) == BALEEN_ROLE_SYSTEM)
    build_note (self);
  else
    build_question (self);
  if (self->actions != NULL)
    message_popup_hear (GTK_WIDGET (self));
  g_signal_connect_object (message, "notify::is-left-out", G_CALLBACK (left_out_cb), self,
                           G_CONNECT_SWAPPED);
  left_out_cb (self);
  set_name (self, name);
  return GTK_WIDGET (self);
}

BaleenMessage *
baleen_message_row_get_message (BaleenMessageRow *self)
{
  return self->message;
}

void
baleen_message_row_set_is_last (BaleenMessageRow *self,
                                gboolean          is_last)
{
  if (is_last)
    entered_cb (self);
  if (is_last)
    gtk_widget_add_css_class (GTK_WIDGET (self), "last");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "last");
}

void
baleen_message_row_set_n_before (BaleenMessageRow *self,
                                 guint             n_before)
{
  if (is_answer (self))
    baleen_answer_status_set_n_before (BALEEN_ANSWER_STATUS (self->status), n_before);
}

void
baleen_message_row_edit (BaleenMessageRow *self,
                         gboolean          think)
{
  if (self->question != NULL)
    baleen_question_view_edit (BALEEN_QUESTION_VIEW (self->question), think);
}

gboolean
baleen_message_row_cancel (BaleenMessageRow *self)
{
  return self->question != NULL
         && baleen_question_view_cancel (BALEEN_QUESTION_VIEW (self->question));
}

void
baleen_message_row_show_start (BaleenMessageRow *self)
{
  if (self->view != NULL)
    baleen_answer_view_show_start (BALEEN_ANSWER_VIEW (self->view));
}

void
baleen_message_row_complete (BaleenMessageRow *self)
{
  if (self->view != NULL)
    baleen_answer_view_complete (BALEEN_ANSWER_VIEW (self->view));
}

GtkWidget *
baleen_message_row_find_block (BaleenMessageRow *self,
                               GtkWidget        *within,
                               double            y)
{
  return self->view != NULL
             ? baleen_answer_view_find_block (BALEEN_ANSWER_VIEW (self->view), within, y)
             : NULL;
}

/* What was folded is opened: it cannot be looked at otherwise. */
static void
unfold_around (BaleenMessageRow *self,
               GtkWidget        *piece)
{
  GtkWidget *code = gtk_widget_get_ancestor (piece, BALEEN_TYPE_CODE_VIEW);

  if (code != NULL && !gtk_widget_get_visible (piece))
    baleen_code_view_unfold (BALEEN_CODE_VIEW (code));
  if (self->question != NULL)
    baleen_question_view_unfold (BALEEN_QUESTION_VIEW (self->question));
}

GtkWidget *
baleen_message_row_show_found (BaleenMessageRow *self,
                               guint             nth)
{
  GtkWidget *content = self->question != NULL ? self->question
                       : self->view != NULL   ? self->view
                                              : self->note;
  BaleenTextSpan span;
  BaleenTextPiece *piece;

  baleen_message_row_complete (self);
  piece = found_words_find (content, nth, &span);
  if (piece == NULL)
    return NULL;
  unfold_around (self, GTK_WIDGET (piece));
  baleen_text_piece_set_found (piece, span.start, span.end);
  return GTK_WIDGET (piece);
}
