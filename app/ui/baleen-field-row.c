#include "baleen-field-row.h"

#include <glib/gi18n.h>

#include "baleen-growing-text.h"
#include "baleen-icon-button.h"
#include "template-files.h"

struct _BaleenFieldRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *head;
  GtkWidget *input; /* what takes the focus */
  GtkWidget *problem;
  GtkWidget *file_name; /* of a file */
  GtkWidget *remove;

  const BaleenTemplateField *field;
  char *path; /* (owned) (nullable) of a file */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (BaleenFieldRow, baleen_field_row, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  NEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (BaleenFieldRow *self)
{
  if (self->is_filling)
    return;
  baleen_field_row_show_problem (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
next_cb (BaleenFieldRow *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

/* ---- the head: label, “required”, the example ----------------------------------------- */

static void
use_example_cb (GtkButton      *button,
                BaleenFieldRow *self)
{
  gtk_popover_popdown (
      GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER)));
  baleen_field_row_set_value (self, self->field->example);
  changed_cb (self);
  baleen_field_row_focus (self);
}

static GtkWidget *
example_button_new (BaleenFieldRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *use = gtk_button_new_with_label (_("Use"));
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "label", self->field->example, "wrap", TRUE,
                                  "max-width-chars", 40, "xalign", 0.0, NULL);
  g_autofree char *name = g_strdup_printf (_("Example of “%s”"), self->field->label);

  gtk_widget_set_halign (use, GTK_ALIGN_END);
  g_signal_connect (use, "clicked", G_CALLBACK (use_example_cb), self);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), use);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Example"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "field-example");
  return button;
}

static void
make_head (BaleenFieldRow *self)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", self->field->label, "xalign", 0.0,
                                   "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  GtkWidget *mark = g_object_new (GTK_TYPE_LABEL, "label", _("required"), "xalign", 0.0,
                                  "hexpand", TRUE, NULL);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (label, "field-label");
  gtk_widget_add_css_class (mark, "dim-label");
  gtk_widget_set_opacity (mark, self->field->is_required ? 1 : 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_STATE_HIDDEN,
                               !self->field->is_required, -1);
  gtk_box_append (GTK_BOX (self->head), label);
  gtk_box_append (GTK_BOX (self->head), mark);
  if (*self->field->example != '\0' && self->field->type != BALEEN_FIELD_FILE)
    gtk_box_append (GTK_BOX (self->head), example_button_new (self));
  gtk_box_append (GTK_BOX (self->box), self->head);
}

/* ---- text, clipboard, selection ------------------------------------------------------- */

static void
pasted_cb (GObject      *clipboard,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenFieldRow) self = user_data;
  g_autofree char *text
      = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (text == NULL || *text == '\0' || self->input == NULL)
    return;
  baleen_field_row_set_value (self, text);
  changed_cb (self);
}

static void
paste_cb (BaleenFieldRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkClipboard *clipboard = self->field->type == BALEEN_FIELD_SELECTION
                                ? gtk_widget_get_primary_clipboard (widget)
                                : gtk_widget_get_clipboard (widget);

  gdk_clipboard_read_text_async (clipboard, NULL, pasted_cb, g_object_ref (self));
}

static void
make_text (BaleenFieldRow *self)
{
  self->input = baleen_growing_text_new (self->field->help);
  g_signal_connect_swapped (self->input, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->input, "next", G_CALLBACK (next_cb), self);
  if (self->field->type == BALEEN_FIELD_CLIPBOARD || self->field->type == BALEEN_FIELD_SELECTION)
    {
      GtkWidget *paste = baleen_icon_button_new (
          "edit-paste-symbolic", self->field->type == BALEEN_FIELD_SELECTION
                                     ? _("Take the Selected Text")
                                     : _("Take the Clipboard"));

      gtk_widget_add_css_class (paste, "flat");
      g_signal_connect_swapped (paste, "clicked", G_CALLBACK (paste_cb), self);
      gtk_box_append (GTK_BOX (self->head), paste);
    }
  gtk_box_append (GTK_BOX (self->box), self->input);
}

/* ---- choice --------------------------------------------------------------------------- */

/* The first entry of the list stands for no choice. */
static void
make_choice (BaleenFieldRow *self)
{
  g_autoptr (GtkStringList) options = gtk_string_list_new (NULL);

  gtk_string_list_append (options, _("Nothing chosen"));
  for (gsize i = 0; self->field->options[i] != NULL; i++)
    gtk_string_list_append (options, self->field->options[i]);
  self->input = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&options)), NULL);
  gtk_widget_set_halign (self->input, GTK_ALIGN_START);
  g_signal_connect_swapped (self->input, "notify::selected", G_CALLBACK (changed_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->input)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->field->label, -1);
  gtk_box_append (GTK_BOX (self->box), self->input);
}

/* ---- number, date --------------------------------------------------------------------- */

static void
day_cb (GtkCalendar    *calendar,
        BaleenFieldRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  gtk_popover_popdown (
      GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER)));
}

static GtkWidget *
calendar_button_new (BaleenFieldRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  g_signal_connect (calendar, "day-selected", G_CALLBACK (day_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_tooltip_text (button, _("Choose a Day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose a Day"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose a Day"), -1);
  return button;
}

static void
make_entry (BaleenFieldRow *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const gboolean is_date = self->field->type == BALEEN_FIELD_DATE;

  self->input = g_object_new (GTK_TYPE_ENTRY, "placeholder-text",
                              *self->field->help != '\0' ? self->field->help
                              : is_date                  ? "2026-01-31"
                                                         : "",
                              "input-purpose",
                              is_date ? GTK_INPUT_PURPOSE_FREE_FORM : GTK_INPUT_PURPOSE_NUMBER,
                              "hexpand", TRUE, NULL);
  g_signal_connect_swapped (self->input, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->input, "activate", G_CALLBACK (next_cb), self);
  gtk_box_append (GTK_BOX (row), self->input);
  if (is_date)
    gtk_box_append (GTK_BOX (row), calendar_button_new (self));
  gtk_box_append (GTK_BOX (self->box), row);
}

/* ---- file ----------------------------------------------------------------------------- */

static void
show_file (BaleenFieldRow *self)
{
  g_autofree char *name
      = self->path != NULL ? g_filename_display_basename (self->path) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (self->file_name), name);
  gtk_widget_set_visible (self->file_name, self->path != NULL);
  gtk_widget_set_visible (self->remove, self->path != NULL);
}

static void
set_path (BaleenFieldRow *self,
          const char     *path)
{
  g_free (self->path);
  self->path = path != NULL && *path != '\0' ? g_strdup (path) : NULL;
  show_file (self);
}

static void
file_chosen_cb (GtkFileChooserNative *dialog,
                int                   response,
                BaleenFieldRow       *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    {
      set_path (self, path);
      changed_cb (self);
      baleen_template_files_wait (path, G_CALLBACK (changed_cb), G_OBJECT (self));
    }
  g_object_unref (dialog);
}

static void
choose_file_cb (BaleenFieldRow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      self->field->label, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
remove_file_cb (BaleenFieldRow *self)
{
  set_path (self, NULL);
  changed_cb (self);
  gtk_widget_grab_focus (self->input);
}

static void
make_file (BaleenFieldRow *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->input = gtk_button_new_with_label (_("Choose File…"));
  self->file_name = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "xalign",
                                  0.0, NULL);
  self->remove = baleen_icon_button_new ("window-close-symbolic", _("Remove"));
  gtk_widget_add_css_class (self->remove, "flat");
  g_signal_connect_swapped (self->input, "clicked", G_CALLBACK (choose_file_cb), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_file_cb), self);
  gtk_box_append (GTK_BOX (row), self->input);
  gtk_box_append (GTK_BOX (row), self->file_name);
  gtk_box_append (GTK_BOX (row), self->remove);
  gtk_box_append (GTK_BOX (self->box), row);
  show_file (self);
}

/* ---- its value ------------------------------------------------------------------------ */

char *
baleen_field_row_dup_value (BaleenFieldRow *self)
{
  guint selected;

  switch (self->field->type)
    {
    case BALEEN_FIELD_CHOICE:
      selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->input));
      return g_strdup (selected == 0 || selected == GTK_INVALID_LIST_POSITION
                           ? ""
                           : self->field->options[selected - 1]);
    case BALEEN_FIELD_FILE:
      return g_strdup (self->path != NULL ? self->path : "");
    case BALEEN_FIELD_NUMBER:
    case BALEEN_FIELD_DATE:
      return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input))));
    default:
      return baleen_growing_text_dup_text (BALEEN_GROWING_TEXT (self->input));
    }
}

static void
choose (BaleenFieldRow *self,
        const char     *value)
{
  guint selected = 0;

  for (guint i = 0; self->field->options[i] != NULL; i++)
    if (g_str_equal (self->field->options[i], value))
      selected = i + 1;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->input), selected);
}

void
baleen_field_row_set_value (BaleenFieldRow *self,
                            const char     *value)
{
  self->is_filling = TRUE;
  switch (self->field->type)
    {
    case BALEEN_FIELD_CHOICE:
      choose (self, value);
      break;
    case BALEEN_FIELD_FILE:
      set_path (self, value);
      if (self->path != NULL)
        baleen_template_files_wait (self->path, G_CALLBACK (changed_cb), G_OBJECT (self));
      break;
    case BALEEN_FIELD_NUMBER:
    case BALEEN_FIELD_DATE:
      gtk_editable_set_text (GTK_EDITABLE (self->input), value);
      break;
    default:
      baleen_growing_text_set_text (BALEEN_GROWING_TEXT (self->input), value);
    }
  self->is_filling = FALSE;
}

void
baleen_field_row_show_problem (BaleenFieldRow *self,
                               const char     *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
}

const BaleenTemplateField *
baleen_field_row_get_field (BaleenFieldRow *self)
{
  return self->field;
}

void
baleen_field_row_focus (BaleenFieldRow *self)
{
  gtk_widget_grab_focus (self->input);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_field_row_dispose (GObject *object)
{
  BaleenFieldRow *self = BALEEN_FIELD_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->input = NULL;
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (baleen_field_row_parent_class)->dispose (object);
}

static void
baleen_field_row_class_init (BaleenFieldRowClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_field_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEXT]
      = g_signal_new ("next", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_field_row_init (BaleenFieldRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
make_input (BaleenFieldRow *self)
{
  switch (self->field->type)
    {
    case BALEEN_FIELD_CHOICE:
      make_choice (self);
      break;
    case BALEEN_FIELD_NUMBER:
    case BALEEN_FIELD_DATE:
      make_entry (self);
      break;
    case BALEEN_FIELD_FILE:
      make_file (self);
      break;
    default:
      make_text (self);
    }
}

GtkWidget *
baleen_field_row_new (const BaleenTemplateField *field,
                      const char                *value)
{
  BaleenFieldRow *self = g_object_new (BALEEN_TYPE_FIELD_ROW, NULL);

  self->field = field;
  make_head (self);
  make_input (self);
  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE,
                                NULL);
  gtk_widget_add_css_class (self->problem, "field-problem");
  gtk_box_append (GTK_BOX (self->box), self->problem);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (BALEEN_IS_GROWING_TEXT (self->input)
                                                      ? baleen_growing_text_get_view (
                                                            BALEEN_GROWING_TEXT (self->input))
                                                      : self->input),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, field->label, -1);
  baleen_field_row_set_value (self, value);
  return GTK_WIDGET (self);
}
