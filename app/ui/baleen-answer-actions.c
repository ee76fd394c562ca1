#include "baleen-answer-actions.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "baleen-message-row.h"
#include "baleen-wrap-layout.h"
#include "message-copy.h"
#include "message-menu.h"
#include "summary-record.h"

struct _BaleenAnswerActions
{
  GtkWidget parent_instance;

  BaleenConversation *conversation; /* (owned) (nullable) until updated */
  BaleenMessage *message;           /* (owned) (nullable) until updated */
  guint position;         /* among its siblings */

  GtkWidget *copy; /* (nullable) until shown, as all of these */
  GtkWidget *regenerate;
  GtkWidget *edit;
  GtkWidget *menu;
  GtkWidget *proceed;
  GtkWidget *answer_now;
  GtkWidget *try_now;
  GtkWidget *think_longer;
  GtkWidget *as_sections;
  GtkWidget *remedy;
  GtkWidget *unsearched;
  GtkWidget *other_service;
  GtkWidget *remove;
  GtkWidget *send_now;
  GtkWidget *pager;
  GtkWidget *previous;
  GtkWidget *count;
  GtkWidget *next;
  guint copied_source;
};

G_DEFINE_FINAL_TYPE (BaleenAnswerActions, baleen_answer_actions, GTK_TYPE_WIDGET)

enum
{
  WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* How long Copy says that it copied. */
#define COPIED_SECONDS 2

static gboolean
copied_cb (gpointer user_data)
{
  BaleenAnswerActions *self = user_data;

  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "edit-copy-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->copy), _("Copy"), NULL);
  self->copied_source = 0;
  return G_SOURCE_REMOVE;
}

static void
copy_cb (GtkButton           *button,
         BaleenAnswerActions *self)
{
  message_copy (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->message, MESSAGE_COPY_ALL);
  gtk_button_set_icon_name (button, "object-select-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (button), _("Copied"), NULL);
  g_clear_handle_id (&self->copied_source, g_source_remove);
  self->copied_source = g_timeout_add_seconds (COPIED_SECONDS, copied_cb, self);
}

static void
wish (BaleenAnswerActions *self,
      BaleenWish           wanted,
      guint                position)
{
  g_signal_emit (self, signals[WANTED], 0, wanted, position);
}

static void
wish_cb (GtkButton           *button,
         BaleenAnswerActions *self)
{
  wish (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "wish")), 0);
}

static void
previous_cb (GtkButton           *button,
             BaleenAnswerActions *self)
{
  wish (self, BALEEN_WISH_SIBLING, self->position - 1);
}

static void
next_cb (GtkButton           *button,
         BaleenAnswerActions *self)
{
  wish (self, BALEEN_WISH_SIBLING, self->position + 1);
}

static void
baleen_answer_actions_dispose (GObject *object)
{
  BaleenAnswerActions *self = BALEEN_ANSWER_ACTIONS (object);
  GtkWidget *child;

  g_clear_handle_id (&self->copied_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->conversation);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_answer_actions_parent_class)->dispose (object);
}

static void
baleen_answer_actions_class_init (BaleenAnswerActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_answer_actions_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "answeractions");

  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_UINT);
}

static GtkWidget *
add (BaleenAnswerActions *self,
     GtkWidget           *parent,
     GtkWidget           *button,
     BaleenWish           wanted)
{
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "wish", GINT_TO_POINTER (wanted));
  if (parent == GTK_WIDGET (self))
    gtk_widget_set_parent (button, parent);
  else
    gtk_box_append (GTK_BOX (parent), button);
  return button;
}

/* Words longer than the row go on in a second line. */
static void
wrap_words (GtkWidget *button)
{
  GtkWidget *words = gtk_button_get_child (GTK_BUTTON (button));

  if (GTK_IS_LABEL (words))
    {
      gtk_label_set_wrap (GTK_LABEL (words), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (words), GTK_NATURAL_WRAP_NONE);
    }
}

static GtkWidget *
add_wish (BaleenAnswerActions *self,
          GtkWidget           *button,
          BaleenWish           wanted)
{
  wrap_words (button);
  g_signal_connect (add (self, GTK_WIDGET (self), button, wanted), "clicked",
                    G_CALLBACK (wish_cb), self);
  return button;
}

static void
build_pager (BaleenAnswerActions *self)
{
  self->pager = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->previous
      = add (self, self->pager,
             baleen_icon_button_new ("go-previous-symbolic", _("Previous Answer")), 0);
  self->count = gtk_label_new ("");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_box_append (GTK_BOX (self->pager), self->count);
  self->next = add (self, self->pager,
                    baleen_icon_button_new ("go-next-symbolic", _("Next Answer")), 0);
  g_signal_connect (self->previous, "clicked", G_CALLBACK (previous_cb), self);
  g_signal_connect (self->next, "clicked", G_CALLBACK (next_cb), self);
  gtk_widget_set_parent (self->pager, GTK_WIDGET (self));
}

/* Made when it is opened: it depends on the message's state. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  BaleenAnswerActions *self = user_data;
  g_autoptr (GMenuModel) model
      = self->message != NULL ? message_menu_new (self->message) : NULL;

  gtk_menu_button_set_menu_model (button, model);
}

static void
build_menu (BaleenAnswerActions *self)
{
  self->menu = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic",
                             "tooltip-text", _("More Actions"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("More Actions"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->menu)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("More Actions"), -1);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), create_menu_cb, self, NULL);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

static void
baleen_answer_actions_init (BaleenAnswerActions *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), baleen_wrap_layout_new (0));
}

static void
build (BaleenAnswerActions *self)
{
  self->copy = add (self, GTK_WIDGET (self),
                    baleen_icon_button_new ("edit-copy-symbolic", _("Copy")), 0);
  g_signal_connect (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  self->regenerate
      = add_wish (self, baleen_icon_button_new ("view-refresh-symbolic", _("Regenerate")),
                  BALEEN_WISH_REGENERATE);
  self->edit = add_wish (self, baleen_icon_button_new ("document-edit-symbolic", _("Edit")),
                         BALEEN_WISH_EDIT);
  build_pager (self);
  build_menu (self);
  self->proceed = add_wish (self, gtk_button_new_with_label (_("Continue")),
                            BALEEN_WISH_CONTINUE);
  self->answer_now = add_wish (self, gtk_button_new_with_label (_("Answer Now")),
                               BALEEN_WISH_ANSWER_NOW);
  self->try_now = add_wish (self, gtk_button_new_with_label (_("Try Now")), BALEEN_WISH_TRY_NOW);
  self->as_sections = add_wish (self, gtk_button_new_with_label (_("Continue as Sections")),
                                BALEEN_WISH_AS_SECTIONS);
  baleen_wrap_layout_set_spare (
      BALEEN_WRAP_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), self->as_sections);
  self->think_longer = add_wish (self, gtk_button_new_with_label (_("Think Longer")),
                                 BALEEN_WISH_THINK_LONGER);
  self->remedy = add_wish (self, gtk_button_new_with_label (""), BALEEN_WISH_REMEDY);
  self->unsearched = add_wish (self, gtk_button_new_with_label (_("Answer Without Searching")),
                               BALEEN_WISH_UNSEARCHED);
  self->other_service = add_wish (self, gtk_button_new_with_label (_("Another Service")),
                                  BALEEN_WISH_SEARCH_SERVICE);
  self->send_now = add_wish (self, gtk_button_new_with_label (_("Send Now")),
                             BALEEN_WISH_SEND_NOW);
  self->remove = add_wish (self, gtk_button_new_with_label (_("Remove")), BALEEN_WISH_REMOVE);
}

GtkWidget *
baleen_answer_actions_new (void)
{
  return g_object_new (BALEEN_TYPE_ANSWER_ACTIONS, NULL);
}

static void
show_pager (BaleenAnswerActions *self,
            BaleenConversation  *conversation)
{
  const guint n
      = baleen_conversation_get_n_siblings (conversation, self->message, &self->position);
  g_autofree char *count = g_strdup_printf ("%u/%u", self->position + 1, n);
  const gboolean is_answer = baleen_message_get_role (self->message) == BALEEN_ROLE_ASSISTANT;
  g_autofree char *words = g_strdup_printf (
      is_answer ? _("Answer %u of %u") : _("Version %u of %u"), self->position + 1, n);

  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->previous),
                                is_answer ? _("Previous Answer") : _("Previous Version"), NULL);
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->next),
                                is_answer ? _("Next Answer") : _("Next Version"), NULL);

  gtk_widget_set_visible (self->pager, n > 1);
  gtk_widget_set_sensitive (self->previous, self->position > 0);
  gtk_widget_set_sensitive (self->next, self->position + 1 < n);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static const char *
remedy_words (BaleenMessage *message)
{
  switch (baleen_message_get_remedy (message))
    {
    case BALEEN_REMEDY_CHOOSE_MODEL:
      return _("Choose Model");
    case BALEEN_REMEDY_RELOAD:
      return _("Reload");
    case BALEEN_REMEDY_NEW_CHAT:
      return _("New Chat");
    case BALEEN_REMEDY_CONTINUE:
      return _("Continue");
    case BALEEN_REMEDY_SEARCH_SERVICE:
      return _("Another Service");
    case BALEEN_REMEDY_SEARCH_KEY:
      return _("Change Key…");
    case BALEEN_REMEDY_SEARCH_WAIT:
      return _("Wait");
    case BALEEN_REMEDY_SEARCH_SET_UP:
      return _("Set Up…");
    case BALEEN_REMEDY_SMALLER_CONTEXT:
      return _("Use That");
    case BALEEN_REMEDY_LOCATE:
      return _("Locate…");
    case BALEEN_REMEDY_MAKE_ROOM:
      return _("Make Room…");
    case BALEEN_REMEDY_SEARCH:
    case BALEEN_REMEDY_TRY_AGAIN:
    default:
      return _("Try Again");
    }
}

static gboolean
is_of_search (BaleenRemedy remedy)
{
  return remedy >= BALEEN_REMEDY_SEARCH && remedy <= BALEEN_REMEDY_SEARCH_SET_UP;
}

/* While a server is busy, and is asked again in a while. */
static void
show_try_now (BaleenAnswerActions *self)
{
  gtk_widget_set_visible (self->try_now,
                          baleen_message_get_state (self->message) == BALEEN_STATE_READING
                              && baleen_message_get_numbers (self->message)->wait_seconds > 0);
}

static void
show_state (BaleenAnswerActions *self)
{
  BaleenMessage *message = self->message;
  const BaleenState state = baleen_message_get_state (message);
  const gboolean is_running = baleen_state_is_running (state);
  const gboolean is_answer = baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT;
  const gboolean has_text = baleen_message_get_text_length (message) > 0;
  const gboolean has_thought = baleen_message_get_thought_length (message) > 0;
  const gboolean is_broken = state == BALEEN_STATE_STOPPED || state == BALEEN_STATE_CUT
                             || state == BALEEN_STATE_INTERRUPTED;

  show_pager (self, self->conversation);
  gtk_widget_set_visible (self->copy, !is_running && has_text);
  gtk_widget_set_visible (self->edit, !is_answer);
  gtk_widget_set_visible (self->menu, state != BALEEN_STATE_QUEUED);
  gtk_widget_set_visible (self->regenerate, is_answer && !is_running);
  /* A summary has its own way to go on. */
  gtk_widget_set_visible (self->proceed, is_broken && (has_text || has_thought)
                                             && !baleen_message_is_summary (message));
  gtk_widget_set_visible (self->answer_now, state == BALEEN_STATE_THINKING);
  show_try_now (self);
  gtk_widget_set_visible (self->as_sections,
                          state == BALEEN_STATE_CUT
                              && baleen_message_get_part (message, BALEEN_PART_OUTLINE) == NULL);
  gtk_widget_set_visible (self->think_longer,
                          !is_running && baleen_message_get_numbers (message)->is_thought_cut);
  gtk_widget_set_visible (self->unsearched,
                          state == BALEEN_STATE_FAILED
                              && is_of_search (baleen_message_get_remedy (message)));
  gtk_widget_set_visible (self->other_service,
                          state == BALEEN_STATE_FAILED
                              && baleen_message_get_remedy (message)
                                     == BALEEN_REMEDY_SEARCH_WAIT);
  gtk_widget_set_visible (self->remedy, state == BALEEN_STATE_FAILED);
  gtk_widget_set_visible (self->remove, state == BALEEN_STATE_QUEUED);
  gtk_widget_set_visible (self->send_now, state == BALEEN_STATE_QUEUED
                                              && baleen_message_get_queries (message) == NULL);
  if (state == BALEEN_STATE_FAILED)
    gtk_button_set_label (GTK_BUTTON (self->remedy), remedy_words (message));
}

/* Numbers change while a state lasts. */
static void
numbers_cb (BaleenAnswerActions *self)
{
  if (self->copy != NULL)
    show_try_now (self);
}

void
baleen_answer_actions_update (BaleenAnswerActions *self,
                              BaleenConversation  *conversation,
                              BaleenMessage       *message)
{
  g_set_object (&self->conversation, conversation);
  if (self->message != message)
    {
      if (self->message != NULL)
        g_signal_handlers_disconnect_by_func (self->message, numbers_cb, self);
      g_signal_connect_object (message, "notify::numbers", G_CALLBACK (numbers_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_set_object (&self->message, message);
  if (self->copy != NULL)
    show_state (self);
}

void
baleen_answer_actions_show (BaleenAnswerActions *self)
{
  if (self->message == NULL)
    return;
  if (self->copy == NULL)
    build (self);
  show_state (self);
}
