#include "baleen-template-picker.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-shortcuts.h"

struct _BaleenTemplatePicker
{
  GtkPopover parent_instance;

  GtkWidget *entry; /* (nullable) */
  GtkWidget *list;
  GtkWidget *scroller;

  BaleenTemplateShelf *shelf; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenTemplatePicker, baleen_template_picker, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  ACTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What stands in the slash menu below the templates. */
static const struct
{
  const char *words;
  const char *action;
} entries[] = {
  { N_ ("New Chat"), "win.new-chat" },
  { N_ ("Summarize"), "win.summarize-in-parts" },
  { N_ ("Search the Web"), "win.web-search" },
  { N_ ("Outline First"), "win.outline-first" },
  { N_ ("Answer One by One"), "win.answer-in-points" },
  { N_ ("Template Library"), "win.template-library" },
};

/* ---- rows ----------------------------------------------------------------------------- */

static void
add_row (BaleenTemplatePicker *self,
         const char           *title,
         const char           *note,
         const char           *key,
         const char           *value)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "hexpand", TRUE,
                                   "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *dim = g_object_new (GTK_TYPE_LABEL, "label", note, "ellipsize", PANGO_ELLIPSIZE_END,
                                 NULL);

  gtk_widget_add_css_class (dim, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), dim);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), key, g_strdup (value), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static gboolean
contains (const char *text,
          const char *part)
{
  g_autofree char *one = g_utf8_casefold (text, -1);
  g_autofree char *other = g_utf8_casefold (part, -1);

  return strstr (one, other) != NULL;
}

/* A name is looked for here, not what templates say. */
static void
add_templates (BaleenTemplatePicker *self,
               const char           *words)
{
  g_autoptr (GPtrArray) found
      = baleen_template_shelf_list (self->shelf, "", baleen_template_shelf_get_language ());

  for (guint i = 0; i < found->len; i++)
    {
      const BaleenTemplate *template_ = found->pdata[i];
      g_autofree char *tags = g_strjoinv (" · ", template_->tags);
      g_autofree char *names = g_strjoin (" ", template_->title, template_->id, tags, NULL);
      const gboolean is_starred
          = baleen_template_shelf_get_is_starred (self->shelf, template_->id);
      g_autofree char *title
          = is_starred ? g_strconcat ("★ ", template_->title, NULL) : g_strdup (template_->title);

      if (contains (names, words))
        add_row (self, title, tags, "template", template_->id);
    }
}

static void
add_actions (BaleenTemplatePicker *self,
             const char           *words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (contains (_(entries[i].words), words)
        && baleen_shortcuts_window_has (GTK_WIDGET (self), entries[i].action))
      add_row (self, _(entries[i].words), "", "action", entries[i].action);
}

gboolean
baleen_template_picker_filter (BaleenTemplatePicker *self,
                               const char           *words)
{
  GtkWidget *child;
  GtkListBoxRow *first;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  if (self->shelf != NULL)
    add_templates (self, words);
  if (self->entry == NULL)
    add_actions (self, words);

  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), first);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  return first != NULL;
}

/* The list has no focus, so the selected row is brought into view here. */
static void
scroll_to (BaleenTemplatePicker *self,
           GtkListBoxRow        *row)
{
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), self->list, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
}

void
baleen_template_picker_move (BaleenTemplatePicker *self,
                             int                   direction)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (
      list, row != NULL ? MAX (0, gtk_list_box_row_get_index (row) + direction) : 0);

  if (next == NULL)
    return;
  gtk_list_box_select_row (list, next);
  scroll_to (self, next);
}

static void
take_row (BaleenTemplatePicker *self,
          GtkListBoxRow        *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "template"));
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (row), "action"));

  gtk_popover_popdown (GTK_POPOVER (self));
  if (id != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, id);
  else
    g_signal_emit (self, signals[ACTED], 0, action);
}

gboolean
baleen_template_picker_take (BaleenTemplatePicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row == NULL)
    return FALSE;
  take_row (self, row);
  return TRUE;
}

static void
activated_cb (GtkListBox           *list,
              GtkListBoxRow        *row,
              BaleenTemplatePicker *self)
{
  take_row (self, row);
}

/* ---- the entry ------------------------------------------------------------------------ */

static void
searched_cb (BaleenTemplatePicker *self)
{
  baleen_template_picker_filter (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                BaleenTemplatePicker  *self)
{
  if (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  baleen_template_picker_move (self, keyval == GDK_KEY_Up ? -1 : 1);
  return GDK_EVENT_STOP;
}

static void
baleen_template_picker_map (GtkWidget *widget)
{
  BaleenTemplatePicker *self = BALEEN_TEMPLATE_PICKER (widget);

  if (self->entry != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      baleen_template_picker_filter (self, "");
    }
  GTK_WIDGET_CLASS (baleen_template_picker_parent_class)->map (widget);
}

static void
add_entry (BaleenTemplatePicker *self,
           GtkBox               *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search templates"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (searched_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (baleen_template_picker_take),
                            self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  gtk_box_prepend (box, self->entry);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_template_picker_dispose (GObject *object)
{
  BaleenTemplatePicker *self = BALEEN_TEMPLATE_PICKER (object);

  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (baleen_template_picker_parent_class)->dispose (object);
}

static void
baleen_template_picker_class_init (BaleenTemplatePickerClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_template_picker_dispose;
  GTK_WIDGET_CLASS (klass)->map = baleen_template_picker_map;

  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTED] = g_signal_new ("acted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baleen_template_picker_init (BaleenTemplatePicker *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_set_can_focus (self->list, FALSE);
  gtk_widget_add_css_class (self->list, "models");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Templates"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "propagate-natural-height", TRUE, "max-content-height", 280,
                                 "width-request", 300, "focusable", FALSE, "child",
                                 self->list, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Templates"), -1);
}

GtkWidget *
baleen_template_picker_new (gboolean has_entry)
{
  BaleenTemplatePicker *self = g_object_new (BALEEN_TYPE_TEMPLATE_PICKER, "autohide", has_entry,
                                             "has-arrow", FALSE, "position", GTK_POS_TOP, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), self->scroller);
  if (has_entry)
    add_entry (self, GTK_BOX (box));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  return GTK_WIDGET (self);
}

void
baleen_template_picker_set_shelf (BaleenTemplatePicker *self,
                                  BaleenTemplateShelf  *shelf)
{
  g_set_object (&self->shelf, shelf);
}
