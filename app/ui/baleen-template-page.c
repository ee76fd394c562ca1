#include "baleen-template-page.h"

#include <glib/gi18n.h>

struct _BaleenTemplatePage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *box; /* made anew for each template */
};

G_DEFINE_FINAL_TYPE (BaleenTemplatePage, baleen_template_page, GTK_TYPE_WIDGET)

static const char *
name_type (const BaleenTemplateField *field)
{
  static const char *const names[] = {
    N_ ("Text"), N_ ("Long text"), N_ ("Choice"),    N_ ("Number"),
    N_ ("Date"), N_ ("File"),      N_ ("Clipboard"), N_ ("Selection"),
  };

  return _(names[field->type]);
}

static void
add_fields (BaleenTemplatePage   *self,
            const BaleenTemplate *template_)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Fields"), NULL);

  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = template_->fields->pdata[i];
      g_autofree char *options = g_strjoinv (", ", field->options);
      const char *help = *field->help != '\0' ? field->help : options;
      g_autofree char *title = g_markup_escape_text (field->label, -1);
      g_autofree char *subtitle = g_markup_escape_text (help, -1);
      GtkWidget *row
          = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, NULL);
      g_autofree char *kind
          = field->is_required ? g_strdup_printf (_("%s, required"), name_type (field))
                               : g_strdup (name_type (field));
      GtkWidget *type = gtk_label_new (kind);

      gtk_widget_add_css_class (type, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), type);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  if (template_->fields->len > 0)
    gtk_box_append (GTK_BOX (self->box), group);
  else
    g_object_unref (g_object_ref_sink (group));
}

static void
add_example (BaleenTemplatePage   *self,
             const BaleenTemplate *template_)
{
  g_autoptr (GHashTable) example = baleen_template_get_example (template_);
  g_autofree char *prompt = baleen_template_render (template_, example, NULL);
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title",
                                   prompt != NULL ? _("Example") : _("Text"), NULL);
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "label",
                                  prompt != NULL ? prompt : template_->body, "xalign", 0.0,
                                  "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable",
                                  TRUE, NULL);

  gtk_widget_add_css_class (text, "card");
  gtk_widget_add_css_class (text, "template-text");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), text);
  gtk_box_append (GTK_BOX (self->box), group);
}

void
baleen_template_page_show (BaleenTemplatePage   *self,
                           const BaleenTemplate *template_)
{
  GtkWidget *title;
  g_autofree char *tags = NULL;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->box, "template-editor");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  if (template_ == NULL)
    return;

  tags = g_strjoinv (" · ", template_->tags);
  title = g_object_new (GTK_TYPE_LABEL, "label", template_->title, "xalign", 0.0, "wrap", TRUE,
                        NULL);
  gtk_widget_add_css_class (title, "title-2");
  gtk_box_append (GTK_BOX (self->box), title);
  if (*tags != '\0')
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", tags, "xalign", 0.0, "wrap", TRUE,
                                       NULL);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (self->box), label);
    }
  add_fields (self, template_);
  add_example (self, template_);
}

static void
baleen_template_page_dispose (GObject *object)
{
  BaleenTemplatePage *self = BALEEN_TEMPLATE_PAGE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_template_page_parent_class)->dispose (object);
}

static void
baleen_template_page_class_init (BaleenTemplatePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_template_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_template_page_init (BaleenTemplatePage *self)
{
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "hexpand", TRUE, "vexpand", TRUE, "focusable", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Template"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Template"), -1);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
baleen_template_page_new (void)
{
  return g_object_new (BALEEN_TYPE_TEMPLATE_PAGE, NULL);
}
