#include "baleen-field-editor.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"

struct _BaleenFieldEditor
{
  AdwExpanderRow parent_instance;

  GtkWidget *id;
  GtkWidget *label;
  GtkWidget *type;
  GtkWidget *required;
  GtkWidget *help;
  GtkWidget *example;
  GtkWidget *default_value;
  GtkWidget *options;
};

G_DEFINE_FINAL_TYPE (BaleenFieldEditor, baleen_field_editor, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  INSERT,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* In the order of BaleenFieldType. */
static const char *const type_names[] = {
  N_ ("Text"), N_ ("Long text"), N_ ("Choice"),    N_ ("Number"),
  N_ ("Date"), N_ ("File"),      N_ ("Clipboard"), N_ ("Selection"),
};

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
update_head (BaleenFieldEditor *self)
{
  g_autofree char *slot = g_strdup_printf ("{{%s}}", get_text (self->id));
  g_autofree char *title = g_markup_escape_text (get_text (self->label), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), slot);
  gtk_widget_set_visible (self->options, adw_combo_row_get_selected (ADW_COMBO_ROW (self->type))
                                             == BALEEN_FIELD_CHOICE);
}

static void
changed_cb (BaleenFieldEditor *self)
{
  update_head (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
insert_cb (BaleenFieldEditor *self)
{
  g_signal_emit (self, signals[INSERT], 0);
}

static void
remove_cb (BaleenFieldEditor *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

/* Choices are written one after the other, parted by commas of either kind. */
static char **
split_options (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) pieces = g_regex_split_simple ("[,，、;；]", text, 0, 0);

  for (gsize i = 0; pieces[i] != NULL; i++)
    if (*g_strstrip (pieces[i]) != '\0')
      g_strv_builder_add (builder, pieces[i]);
  return g_strv_builder_end (builder);
}

static void
take (char      **member,
      GtkWidget  *row)
{
  g_free (*member);
  *member = g_strstrip (g_strdup (get_text (row)));
}

BaleenTemplateField *
baleen_field_editor_make_field (BaleenFieldEditor *self)
{
  g_autofree char *id = g_strstrip (g_strdup (get_text (self->id)));
  BaleenTemplateField *field = baleen_template_field_new (
      id, adw_combo_row_get_selected (ADW_COMBO_ROW (self->type)));

  take (&field->label, self->label);
  take (&field->help, self->help);
  take (&field->example, self->example);
  take (&field->default_value, self->default_value);
  field->is_required = gtk_switch_get_active (GTK_SWITCH (self->required));
  if (field->type == BALEEN_FIELD_CHOICE)
    {
      g_strfreev (field->options);
      field->options = split_options (get_text (self->options));
    }
  return field;
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_field_editor_class_init (BaleenFieldEditorClass *klass)
{
  static const char *const names[] = { "changed", "insert", "remove" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_entry (BaleenFieldEditor *self,
           const char        *title,
           const char        *text)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, "text", text, NULL);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static void
add_type (BaleenFieldEditor *self,
          BaleenFieldType    type)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    gtk_string_list_append (names, _(type_names[i]));
  self->type = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Type"), "model", names, "selected",
                             type, NULL);
  g_signal_connect_swapped (self->type, "notify::selected", G_CALLBACK (changed_cb), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->type);
}

static void
add_required (BaleenFieldEditor *self,
              gboolean           is_required)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Required"), NULL);

  self->required = g_object_new (GTK_TYPE_SWITCH, "active", is_required, "valign",
                                 GTK_ALIGN_CENTER, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->required),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Required"), -1);
  g_signal_connect_swapped (self->required, "notify::active", G_CALLBACK (changed_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->required);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->required);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_button (BaleenFieldEditor *self,
            const char        *icon,
            const char        *words,
            GCallback          clicked)
{
  GtkWidget *button = baleen_icon_button_new (icon, words);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), button);
}

static void
baleen_field_editor_init (BaleenFieldEditor *self)
{
}

GtkWidget *
baleen_field_editor_new (const BaleenTemplateField *field)
{
  BaleenFieldEditor *self = g_object_new (BALEEN_TYPE_FIELD_EDITOR, NULL);
  g_autofree char *options = g_strjoinv (", ", field->options);

  add_button (self, "list-add-symbolic", _("Put Into the Text"), G_CALLBACK (insert_cb));
  add_button (self, "user-trash-symbolic", _("Remove"), G_CALLBACK (remove_cb));
  self->label = add_entry (self, _("Label"), field->label);
  self->id = add_entry (self, _("Name in the text"), field->id);
  add_type (self, field->type);
  self->options = add_entry (self, _("Choices, parted by commas"), options);
  add_required (self, field->is_required);
  self->help = add_entry (self, _("Help"), field->help);
  self->example = add_entry (self, _("Example"), field->example);
  self->default_value = add_entry (self, _("Filled in at first"), field->default_value);
  update_head (self);
  return GTK_WIDGET (self);
}
