#include "baleen-outline-view.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "baleen-wrap-layout.h"
#include "outline.h"

struct _BaleenOutlineView
{
  GtkWidget parent_instance;

  BaleenMessage *message; /* (owned) */
  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *write_all;
  GtkWidget *add;
  gboolean is_editing; /* the change comes from here */
};

G_DEFINE_FINAL_TYPE (BaleenOutlineView, baleen_outline_view, GTK_TYPE_WIDGET)

enum
{
  WRITE,
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Of a longer title the buttons of its row stand below it. */
#define TITLE_CHARS 32

static void rebuild (BaleenOutlineView *self);

static BaleenOutline *
get_outline (BaleenOutlineView *self)
{
  return baleen_outline_from_json (baleen_message_get_part (self->message, BALEEN_PART_OUTLINE));
}

static guint
get_section (GtkWidget *widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "section"));
}

static void
put_outline (BaleenOutlineView   *self,
             const BaleenOutline *outline)
{
  g_autofree char *json = baleen_outline_to_json (outline);

  self->is_editing = TRUE;
  baleen_message_set_part (self->message, BALEEN_PART_OUTLINE, json);
  self->is_editing = FALSE;
  g_signal_emit (self, signals[EDITED], 0);
}

/* ---- changing it ------------------------------------------------------------------------ */

static void
title_changed_cb (GtkEditable       *entry,
                  BaleenOutlineView *self)
{
  g_autoptr (BaleenOutline) outline = get_outline (self);
  const guint i = get_section (GTK_WIDGET (entry));
  BaleenSection *section;

  if (outline == NULL || i >= outline->sections->len)
    return;
  section = outline->sections->pdata[i];
  g_free (section->title);
  section->title = g_strdup (gtk_editable_get_text (entry));
  put_outline (self, outline);
}

static void
remove_cb (GtkWidget         *button,
           BaleenOutlineView *self)
{
  g_autoptr (BaleenOutline) outline = get_outline (self);
  const guint i = get_section (button);

  if (outline == NULL || i >= outline->sections->len || baleen_outline_is_begun (outline, i))
    return;
  g_ptr_array_remove_index (outline->sections, i);
  put_outline (self, outline);
  rebuild (self);
}

static void
add_cb (BaleenOutlineView *self)
{
  g_autoptr (BaleenOutline) outline = get_outline (self);

  if (outline == NULL)
    return;
  baleen_outline_add (outline, "");
  put_outline (self, outline);
  rebuild (self);
  gtk_widget_child_focus (gtk_widget_get_last_child (self->list), GTK_DIR_TAB_FORWARD);
}

static void
write_cb (GtkWidget         *button,
          BaleenOutlineView *self)
{
  g_signal_emit (self, signals[WRITE], 0, get_section (button), FALSE);
}

static void
write_all_cb (BaleenOutlineView *self)
{
  g_autoptr (BaleenOutline) outline = get_outline (self);
  const int next = outline != NULL ? baleen_outline_find_next (outline) : -1;

  if (next >= 0)
    g_signal_emit (self, signals[WRITE], 0, (guint) next, TRUE);
}

/* ---- showing it ------------------------------------------------------------------------- */

static const char *
state_words (const BaleenSection *section,
             gboolean             is_running)
{
  switch (section->state)
    {
    case BALEEN_SECTION_WRITING:
      return is_running ? _("Writing") : _("Stopped");
    case BALEEN_SECTION_DONE:
      return _("Done");
    case BALEEN_SECTION_STOPPED:
      return _("Stopped");
    case BALEEN_SECTION_WAITING:
    default:
      return _("Not written yet");
    }
}

static void
set_section (GtkWidget *widget,
             guint      section)
{
  g_object_set_data (G_OBJECT (widget), "section", GUINT_TO_POINTER (section));
}

/* What has a heading in the text already keeps its title. */
static GtkWidget *
title_new (BaleenOutlineView   *self,
           const BaleenSection *section,
           guint                i,
           gboolean             is_running)
{
  g_autofree char *name = g_strdup_printf (_("Section %u"), i + 1);
  GtkWidget *title;

  if (section->state != BALEEN_SECTION_WAITING || is_running)
    return g_object_new (GTK_TYPE_LABEL, "label", section->title, "xalign", 0.0, "hexpand", TRUE,
                         "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "max-width-chars",
                         TITLE_CHARS, NULL);

  title = g_object_new (GTK_TYPE_ENTRY, "text", section->title, "hexpand", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_section (title, i);
  g_signal_connect (title, "changed", G_CALLBACK (title_changed_cb), self);
  return title;
}

static const char *
write_words (const BaleenSection *section,
             gboolean             is_point)
{
  if (is_point && section->state == BALEEN_SECTION_WAITING)
    return _("Answer This");
  if (is_point && section->state == BALEEN_SECTION_DONE)
    return _("Answer Again");
  switch (section->state)
    {
    case BALEEN_SECTION_DONE:
      return _("Write Again");
    case BALEEN_SECTION_STOPPED:
    case BALEEN_SECTION_WRITING:
      return _("Continue");
    case BALEEN_SECTION_WAITING:
    default:
      return _("Write This");
    }
}

static void
add_row (BaleenOutlineView   *self,
         const BaleenSection *section,
         guint                i,
         gboolean             is_point,
         gboolean             is_running)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *rest = baleen_wrap_box_new (6);
  g_autofree char *number = g_strdup_printf ("%u", i + 1);
  GtkWidget *mark = gtk_label_new (number);
  GtkWidget *state = gtk_label_new (state_words (section, is_running));
  GtkWidget *write = gtk_button_new_with_label (write_words (section, is_point));
  GtkWidget *remove = baleen_icon_button_new ("list-remove-symbolic", is_point ? _("Remove Point") : _("Remove Section"));

  gtk_widget_add_css_class (state, "caption");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_add_css_class (write, "flat");
  gtk_widget_add_css_class (remove, "flat");
  set_section (write, i);
  set_section (remove, i);
  gtk_widget_set_sensitive (write, !is_running);
  gtk_widget_set_visible (remove, !is_running && section->state == BALEEN_SECTION_WAITING);
  g_signal_connect (write, "clicked", G_CALLBACK (write_cb), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  /* Beside the first of the lines that the rest may need. */
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (mark, "section-number");
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (rest), title_new (self, section, i, is_running));
  gtk_box_append (GTK_BOX (rest), state);
  gtk_box_append (GTK_BOX (rest), write);
  gtk_box_append (GTK_BOX (rest), remove);
  gtk_widget_set_hexpand (rest, TRUE);
  gtk_box_append (GTK_BOX (row), rest);
  gtk_box_append (GTK_BOX (self->list), row);
}

static void
rebuild (BaleenOutlineView *self)
{
  g_autoptr (BaleenOutline) outline = get_outline (self);
  const gboolean is_running
      = baleen_state_is_running (baleen_message_get_state (self->message));
  GtkWidget *row;

  if (self->is_editing)
    return;
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), row);
  gtk_widget_set_visible (GTK_WIDGET (self), outline != NULL);
  if (outline == NULL)
    return;

  for (guint i = 0; i < outline->sections->len; i++)
    add_row (self, outline->sections->pdata[i], i, outline->is_points, is_running);
  gtk_button_set_label (GTK_BUTTON (self->write_all),
                        outline->is_points ? _("Answer All") : _("Write All"));
  gtk_button_set_label (GTK_BUTTON (self->add),
                        outline->is_points ? _("Add Point") : _("Add Section"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  outline->is_points ? _("Points") : _("Outline"), -1);
  gtk_widget_set_visible (self->write_all, !is_running && baleen_outline_find_next (outline) >= 0);
  gtk_widget_set_visible (self->add, !is_running);
}

static void
baleen_outline_view_dispose (GObject *object)
{
  BaleenOutlineView *self = BALEEN_OUTLINE_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_outline_view_parent_class)->dispose (object);
}

static void
baleen_outline_view_class_init (BaleenOutlineViewClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_outline_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[WRITE] = g_signal_new ("write", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
baleen_outline_view_init (BaleenOutlineView *self)
{
  GtkWidget *buttons = baleen_wrap_box_new (6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "outline");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->write_all = gtk_button_new ();
  self->add = gtk_button_new ();
  gtk_widget_add_css_class (self->add, "flat");
  g_signal_connect_swapped (self->write_all, "clicked", G_CALLBACK (write_all_cb), self);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (buttons), self->write_all);
  gtk_box_append (GTK_BOX (buttons), self->add);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), buttons);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
baleen_outline_view_new (BaleenMessage *message)
{
  BaleenOutlineView *self = g_object_new (BALEEN_TYPE_OUTLINE_VIEW, NULL);

  self->message = g_object_ref (message);
  g_signal_connect_object (message, "notify::parts", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::state", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
