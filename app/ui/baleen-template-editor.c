#include "baleen-template-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-field-editor.h"
#include "template-parser.h"

struct _BaleenTemplateEditor
{
  AdwWindow parent_instance;

  GtkWidget *title;
  GtkWidget *tags;
  GtkWidget *language;
  GtkWidget *is_system;
  GtkWidget *fields; /* the group */
  GtkWidget *body;
  GtkWidget *panes;
  GtkWidget *preview;
  GtkWidget *problem;
  GtkWidget *save;

  BaleenTemplateShelf *shelf; /* (owned) */
  GPtrArray *editors;         /* (owned) of BaleenFieldEditor */
  char *id;                   /* (owned) */
  gboolean may_replace;
};

#define FIELDS_WIDTH 460
#define LEAST_BESIDE 640

G_DEFINE_FINAL_TYPE (BaleenTemplateEditor, baleen_template_editor, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const language_codes[] = { "en", "zh", "" };

/* ---- the template as it is now -------------------------------------------------------- */

static char *
dup_body (BaleenTemplateEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char **
split_tags (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) pieces = g_regex_split_simple ("[,，、]", text, 0, 0);

  for (gsize i = 0; pieces[i] != NULL; i++)
    if (*g_strstrip (pieces[i]) != '\0')
      g_strv_builder_add (builder, pieces[i]);
  return g_strv_builder_end (builder);
}

static BaleenTemplate *
make_template (BaleenTemplateEditor *self)
{
  BaleenTemplate *template_ = baleen_template_new ();

  g_free (template_->language);
  g_strfreev (template_->tags);
  template_->id = g_strdup (self->id);
  template_->title
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  template_->language = g_strdup (
      language_codes[adw_combo_row_get_selected (ADW_COMBO_ROW (self->language))]);
  template_->tags = split_tags (gtk_editable_get_text (GTK_EDITABLE (self->tags)));
  template_->is_system = gtk_switch_get_active (GTK_SWITCH (self->is_system));
  template_->body = dup_body (self);
  for (guint i = 0; i < self->editors->len; i++)
    g_ptr_array_add (template_->fields,
                     baleen_field_editor_make_field (self->editors->pdata[i]));
  return template_;
}

/* What was written is read again as if it came from anywhere, so nothing is saved that could
 * not be loaded. */
static BaleenTemplate *
check_template (BaleenTemplateEditor  *self,
                GError               **error)
{
  g_autoptr (BaleenTemplate) template_ = make_template (self);
  g_autofree char *source = NULL;

  if (*template_->title == '\0')
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("The template has no title yet."));
      return NULL;
    }
  source = baleen_template_write (template_);
  return baleen_template_parse (template_->title, source, strlen (source), error);
}

/* A required field without an example shows its label, so that there is a preview. */
static GHashTable *
get_example (const BaleenTemplate *template_)
{
  GHashTable *values = baleen_template_get_example (template_);

  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = template_->fields->pdata[i];
      g_autofree char *label = g_strdup_printf ("[%s]", field->label);

      if (field->is_required && !g_hash_table_contains (values, field->id))
        g_hash_table_insert (values, g_strdup (field->id),
                             g_strdup (field->type == BALEEN_FIELD_CHOICE   ? field->options[0]
                                       : field->type == BALEEN_FIELD_NUMBER ? "1"
                                       : field->type == BALEEN_FIELD_DATE   ? "2026-01-31"
                                                                            : label));
    }
  return values;
}

static void
show_preview (BaleenTemplateEditor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenTemplate) template_ = check_template (self, &error);
  g_autoptr (GHashTable) example
      = template_ != NULL ? get_example (template_) : NULL;
  g_autofree char *prompt
      = template_ != NULL ? baleen_template_render (template_, example, &error) : NULL;

  gtk_widget_set_sensitive (self->save, template_ != NULL);
  gtk_label_set_text (GTK_LABEL (self->problem), error != NULL ? error->message : "");
  gtk_widget_set_visible (self->problem, error != NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->preview)),
                            prompt != NULL ? prompt : "", -1);
}

/* ---- fields --------------------------------------------------------------------------- */

static void
insert_cb (BaleenFieldEditor    *editor,
           BaleenTemplateEditor *self)
{
  BaleenTemplateField *field = baleen_field_editor_make_field (editor);
  g_autofree char *slot = g_strdup_printf ("{{%s}}", field->id);

  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body)), slot,
                                    -1);
  gtk_widget_grab_focus (self->body);
  baleen_template_field_free (field);
}

static void
remove_cb (BaleenFieldEditor    *editor,
           BaleenTemplateEditor *self)
{
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->fields), GTK_WIDGET (editor));
  g_ptr_array_remove (self->editors, editor);
  show_preview (self);
}

static void
add_field (BaleenTemplateEditor      *self,
           const BaleenTemplateField *field)
{
  GtkWidget *editor = baleen_field_editor_new (field);

  g_signal_connect_swapped (editor, "changed", G_CALLBACK (show_preview), self);
  g_signal_connect (editor, "insert", G_CALLBACK (insert_cb), self);
  g_signal_connect (editor, "remove", G_CALLBACK (remove_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->fields), editor);
  g_ptr_array_add (self->editors, editor);
}

static gboolean
has_id (BaleenTemplateEditor *self,
        const char           *id)
{
  g_autoptr (BaleenTemplate) template_ = make_template (self);

  return baleen_template_find_field (template_, id) != NULL;
}

static void
new_field_cb (BaleenTemplateEditor *self)
{
  g_autofree char *id = g_strdup ("field");
  BaleenTemplateField *field;

  for (guint i = 2; has_id (self, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("field-%u", i);
    }
  field = baleen_template_field_new (id, BALEEN_FIELD_TEXT);
  add_field (self, field);
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (self->editors->pdata[self->editors->len - 1]), TRUE);
  baleen_template_field_free (field);
  show_preview (self);
}

/* ---- saving --------------------------------------------------------------------------- */

static void
save_cb (BaleenTemplateEditor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenTemplate) template_ = check_template (self, &error);

  if (template_ != NULL
      && baleen_template_shelf_save (self->shelf, template_, self->may_replace, &error))
    {
      g_signal_emit (self, signals[SAVED], 0, template_->id);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->problem), error->message);
  gtk_widget_set_visible (self->problem, TRUE);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_template_editor_dispose (GObject *object)
{
  BaleenTemplateEditor *self = BALEEN_TEMPLATE_EDITOR (object);

  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (baleen_template_editor_parent_class)->dispose (object);
}

static void
baleen_template_editor_finalize (GObject *object)
{
  BaleenTemplateEditor *self = BALEEN_TEMPLATE_EDITOR (object);

  g_ptr_array_unref (self->editors);
  g_free (self->id);
  G_OBJECT_CLASS (baleen_template_editor_parent_class)->finalize (object);
}

static void
baleen_template_editor_class_init (BaleenTemplateEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_template_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_template_editor_finalize;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
header_new (BaleenTemplateEditor *self)
{
  GtkWidget *header = g_object_new (ADW_TYPE_HEADER_BAR, "show-end-title-buttons", FALSE,
                                    "show-start-title-buttons", FALSE, "title-widget",
                                    adw_window_title_new (_("Template"), ""), NULL);
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));

  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

static GtkWidget *
general_new (BaleenTemplateEditor *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *system = g_object_new (
      ADW_TYPE_ACTION_ROW, "title", _("System prompt"), "subtitle",
      _("Stands before a whole conversation instead of in one message"), NULL);
  g_autoptr (GtkStringList) languages = gtk_string_list_new (
      (const char *const[]) { "English", "中文", NULL });

  gtk_string_list_append (languages, _("Any language"));
  self->title = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Title"), NULL);
  self->tags = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Tags, parted by commas"), NULL);
  self->language
      = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Language"), "model", languages, NULL);
  self->is_system = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->is_system),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("System prompt"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (system), self->is_system);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (system), self->is_system);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->tags);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->language);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), system);
  return group;
}

static GtkWidget *
fields_new (BaleenTemplateEditor *self)
{
  GtkWidget *add = gtk_button_new_with_label (_("Add Field"));

  gtk_widget_add_css_class (add, "flat");
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (new_field_cb), self);
  self->fields = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Fields"),
                               "header-suffix", add, NULL);
  return self->fields;
}

static GtkWidget *
body_new (BaleenTemplateEditor *self)
{
  GtkWidget *group = g_object_new (
      ADW_TYPE_PREFERENCES_GROUP, "title", _("Text"), "description",
      _("{{name}} stands for what is filled in. A heading right above it goes when it is empty."),
      NULL);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->body = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab",
                             FALSE, "top-margin", 9, "bottom-margin", 9, "left-margin", 12,
                             "right-margin", 12, "height-request", 160, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->body), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Text"), -1);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (self->body, "template-body");
  gtk_box_append (GTK_BOX (card), self->body);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), card);
  return group;
}

static GtkWidget *
scroller_new (GtkWidget  *child,
              const char *name)
{
  GtkWidget *scroller
      = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "hexpand",
                      TRUE, "vexpand", TRUE, "focusable", FALSE, "child", child, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  return scroller;
}

static GtkWidget *
preview_new (BaleenTemplateEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _("Preview With the Examples"),
                                   "xalign", 0.0, "wrap", TRUE, NULL);

  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  self->preview = g_object_new (GTK_TYPE_TEXT_VIEW, "editable", FALSE, "wrap-mode",
                                GTK_WRAP_WORD_CHAR, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Preview"), -1);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (self->problem, "field-problem");
  gtk_widget_add_css_class (self->preview, "template-body");
  gtk_widget_add_css_class (box, "template-preview");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), scroller_new (self->preview, _("Preview")));
  return box;
}

/* Beside each other two columns need room; in a narrow window the preview lies below. */
static void
resized_cb (BaleenTemplateEditor *self)
{
  int width, height;
  GtkOrientation orientation;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  orientation = width < LEAST_BESIDE ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (self->panes)) == orientation)
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->panes), orientation);
  gtk_paned_set_position (GTK_PANED (self->panes),
                          orientation == GTK_ORIENTATION_VERTICAL ? height * 6 / 10 : FIELDS_WIDTH);
}

static void
baleen_template_editor_init (BaleenTemplateEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->editors = g_ptr_array_new ();
  gtk_box_append (GTK_BOX (box), header_new (self));
  gtk_box_append (GTK_BOX (left), general_new (self));
  gtk_box_append (GTK_BOX (left), fields_new (self));
  gtk_box_append (GTK_BOX (left), body_new (self));
  gtk_widget_add_css_class (left, "template-editor");
  self->panes = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  g_object_set (self->panes, "start-child", scroller_new (left, _("Template")), "end-child",
                preview_new (self), "position", FIELDS_WIDTH, "shrink-start-child", FALSE,
                "shrink-end-child", FALSE, "vexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (box), self->panes);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_window_set_default_size (GTK_WINDOW (self), 860, 640);
  g_signal_connect_swapped (self, "notify::default-width", G_CALLBACK (resized_cb), self);
  gtk_window_set_title (GTK_WINDOW (self), _("Template"));
}

static void
show_template (BaleenTemplateEditor *self,
               const BaleenTemplate *template_)
{
  g_autofree char *tags = g_strjoinv (", ", template_->tags);
  guint language = 0;

  while (language + 1 < G_N_ELEMENTS (language_codes)
         && !g_str_equal (language_codes[language], template_->language))
    language++;
  gtk_editable_set_text (GTK_EDITABLE (self->title), template_->title);
  gtk_editable_set_text (GTK_EDITABLE (self->tags), tags);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->language), language);
  gtk_switch_set_active (GTK_SWITCH (self->is_system), template_->is_system);
  for (guint i = 0; i < template_->fields->len; i++)
    add_field (self, template_->fields->pdata[i]);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body)),
                            template_->body, -1);
}

static void
watch (BaleenTemplateEditor *self)
{
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (show_preview), self);
  g_signal_connect_swapped (self->tags, "changed", G_CALLBACK (show_preview), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->body)), "changed",
                            G_CALLBACK (show_preview), self);
}

GtkWidget *
baleen_template_editor_new (BaleenTemplateShelf  *shelf,
                            const BaleenTemplate *template_,
                            gboolean              may_replace)
{
  BaleenTemplateEditor *self = g_object_new (BALEEN_TYPE_TEMPLATE_EDITOR, NULL);

  self->shelf = g_object_ref (shelf);
  self->id = g_strdup (template_->id);
  self->may_replace = may_replace;
  show_template (self, template_);
  watch (self);
  show_preview (self);
  return GTK_WIDGET (self);
}

BaleenTemplate *
baleen_template_editor_make_blank (BaleenTemplateShelf *shelf,
                                   const char          *text)
{
  BaleenTemplate *template_ = baleen_template_new ();

  g_free (template_->language);
  template_->title = g_strdup ("");
  template_->id = baleen_template_shelf_make_id (shelf, "template");
  template_->language = g_strdup (baleen_template_shelf_get_language ());
  template_->body = g_strdup (text);
  return template_;
}
