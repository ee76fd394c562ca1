#include "baleen-template-form.h"

#include <glib/gi18n.h>

#include "baleen-field-row.h"
#include "baleen-icon-button.h"
#include "baleen-template-picker.h"

struct _BaleenTemplateForm
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *picker;
  GtkWidget *length;
  GtkWidget *preview;
  GtkWidget *clear;
  GtkWidget *scroller;
  GtkWidget *fields;

  BaleenTemplateShelf *shelf;     /* (owned) (nullable) */
  BaleenTemplateFilling *filling; /* (owned) (nullable) */
  char *cleared;                  /* (owned) (nullable) what Clear took away, as JSON */
};

G_DEFINE_FINAL_TYPE (BaleenTemplateForm, baleen_template_form, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  LEFT,
  CLOSE_WANTED,
  N_SIGNALS,
};

enum
{
  PROP_0,
  PROP_IS_PREVIEWING,
  N_PROPERTIES,
};

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPERTIES];

/* Of the window's height, at most. */
#define SHARE_OF_WINDOW 0.4
#define USUAL_ID "five-fields"

/* ---- fields --------------------------------------------------------------------------- */

static void
update_clear (BaleenTemplateForm *self)
{
  const gboolean can_undo = self->cleared != NULL;

  gtk_button_set_label (GTK_BUTTON (self->clear), can_undo ? _("Undo Clear") : _("Clear"));
  gtk_widget_set_sensitive (self->clear,
                            can_undo
                                || (self->filling != NULL
                                    && !baleen_template_filling_is_untouched (self->filling)));
}

static void
field_changed_cb (BaleenFieldRow     *row,
                  BaleenTemplateForm *self)
{
  g_autofree char *value = baleen_field_row_dup_value (row);

  baleen_template_filling_set (self->filling, baleen_field_row_get_field (row)->id, value);
  g_clear_pointer (&self->cleared, g_free);
  update_clear (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
field_next_cb (BaleenFieldRow     *row,
               BaleenTemplateForm *self)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  if (next != NULL)
    baleen_field_row_focus (BALEEN_FIELD_ROW (next));
  else
    g_signal_emit (self, signals[LEFT], 0);
}

/* The menu button makes a new label each time; in a narrow window a long title is shortened. */
static void
set_title (BaleenTemplateForm *self,
           const char         *title)
{
  GtkWidget *part;

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->title), title);
  part = gtk_widget_get_first_child (self->title);
  while (part != NULL && !GTK_IS_LABEL (part))
    part = gtk_widget_get_first_child (part);
  if (part != NULL)
    gtk_label_set_ellipsize (GTK_LABEL (part), PANGO_ELLIPSIZE_END);
}

static void
fill_rows (BaleenTemplateForm *self)
{
  const BaleenTemplate *template_;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->fields)) != NULL)
    gtk_box_remove (GTK_BOX (self->fields), child);
  if (self->filling == NULL)
    return;

  template_ = baleen_template_filling_get_template (self->filling);
  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = template_->fields->pdata[i];
      GtkWidget *row
          = baleen_field_row_new (field, baleen_template_filling_get (self->filling, field->id));

      g_signal_connect (row, "changed", G_CALLBACK (field_changed_cb), self);
      g_signal_connect (row, "next", G_CALLBACK (field_next_cb), self);
      gtk_box_append (GTK_BOX (self->fields), row);
    }
  set_title (self, template_->title);
  update_clear (self);
}

/* The rows look into the filling, so they go before it. */
void
baleen_template_form_set_filling (BaleenTemplateForm    *self,
                                  BaleenTemplateFilling *filling)
{
  BaleenTemplateFilling *old = self->filling;

  self->filling = filling;
  fill_rows (self);
  baleen_template_filling_free (old);
  baleen_template_form_set_is_previewing (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

BaleenTemplateFilling *
baleen_template_form_get_filling (BaleenTemplateForm *self)
{
  return self->filling;
}

static const BaleenTemplate *
find_template (BaleenTemplateForm *self,
               const char         *id)
{
  g_autofree char *local
      = g_strconcat (USUAL_ID, g_str_equal (baleen_template_shelf_get_language (), "zh") ? "-zh"
                                                                                          : "",
                     NULL);

  return baleen_template_shelf_find (self->shelf, id != NULL ? id : local);
}

void
baleen_template_form_choose (BaleenTemplateForm *self,
                             const char         *id)
{
  const BaleenTemplate *template_ = self->shelf != NULL ? find_template (self, id) : NULL;

  if (template_ == NULL)
    return;
  g_clear_pointer (&self->cleared, g_free);
  baleen_template_form_set_filling (self,
                                    baleen_template_filling_new (template_->source, NULL));
}

void
baleen_template_form_choose_example (BaleenTemplateForm *self,
                                     const char         *id)
{
  const BaleenTemplate *template_ = self->shelf != NULL ? find_template (self, id) : NULL;
  g_autoptr (GHashTable) example = NULL;
  BaleenTemplateFilling *filling;
  GHashTableIter iter;
  gpointer field, value;

  if (template_ == NULL)
    return;
  filling = baleen_template_filling_new (template_->source, NULL);
  example = baleen_template_get_example (template_);
  g_hash_table_iter_init (&iter, example);
  while (g_hash_table_iter_next (&iter, &field, &value))
    baleen_template_filling_set (filling, field, value);
  g_clear_pointer (&self->cleared, g_free);
  baleen_template_form_set_filling (self, filling);
}

static void
chosen_cb (BaleenTemplateForm *self,
           const char         *id)
{
  baleen_template_form_choose (self, id);
  baleen_template_form_focus (self);
}

/* ---- clear ---------------------------------------------------------------------------- */

static void
clear_cb (BaleenTemplateForm *self)
{
  g_autofree char *cleared = g_steal_pointer (&self->cleared);

  if (cleared != NULL)
    {
      baleen_template_form_set_filling (
          self, baleen_template_filling_from_json (cleared, NULL, NULL));
      return;
    }
  cleared = baleen_template_filling_to_json (self->filling, "");
  baleen_template_form_set_filling (
      self,
      baleen_template_filling_new (baleen_template_filling_get_template (self->filling)->source,
                                   NULL));
  self->cleared = g_steal_pointer (&cleared);
  update_clear (self);
}

/* ---- preview -------------------------------------------------------------------------- */

static void
previewed_cb (BaleenTemplateForm *self)
{
  gtk_widget_set_visible (self->scroller, !baleen_template_form_get_is_previewing (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PREVIEWING]);
}

gboolean
baleen_template_form_get_is_previewing (BaleenTemplateForm *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->preview));
}

void
baleen_template_form_set_is_previewing (BaleenTemplateForm *self,
                                        gboolean            is_previewing)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->preview), is_previewing);
}

void
baleen_template_form_set_length (BaleenTemplateForm *self,
                                 const char         *words)
{
  gtk_label_set_text (GTK_LABEL (self->length), words != NULL ? words : "");
}

/* ---- focus and problems --------------------------------------------------------------- */

void
baleen_template_form_focus (BaleenTemplateForm *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->fields);

  if (first != NULL && gtk_widget_get_visible (self->scroller))
    baleen_field_row_focus (BALEEN_FIELD_ROW (first));
}

gboolean
baleen_template_form_show_problem (BaleenTemplateForm *self)
{
  g_autoptr (GError) error = NULL;
  const char *id = self->filling != NULL
                       ? baleen_template_filling_find_problem (self->filling, &error)
                       : NULL;

  if (id == NULL)
    return FALSE;

  baleen_template_form_set_is_previewing (self, FALSE);
  for (GtkWidget *row = gtk_widget_get_first_child (self->fields); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (baleen_field_row_get_field (BALEEN_FIELD_ROW (row))->id, id))
      {
        baleen_field_row_show_problem (BALEEN_FIELD_ROW (row), error->message);
        baleen_field_row_focus (BALEEN_FIELD_ROW (row));
      }
  return TRUE;
}

void
baleen_template_form_set_shelf (BaleenTemplateForm  *self,
                                BaleenTemplateShelf *shelf)
{
  g_set_object (&self->shelf, shelf);
  baleen_template_picker_set_shelf (BALEEN_TEMPLATE_PICKER (self->picker), shelf);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_template_form_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  BaleenTemplateForm *self = BALEEN_TEMPLATE_FORM (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && root != NULL)
    *natural = CLAMP (gtk_widget_get_height (GTK_WIDGET (root)) * SHARE_OF_WINDOW, *minimum,
                      *natural);
}

static void
baleen_template_form_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  gtk_widget_allocate (BALEEN_TEMPLATE_FORM (widget)->box, width, height, baseline, NULL);
}

static void
baleen_template_form_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_IS_PREVIEWING)
    g_value_set_boolean (value,
                         baleen_template_form_get_is_previewing (BALEEN_TEMPLATE_FORM (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
baleen_template_form_dispose (GObject *object)
{
  BaleenTemplateForm *self = BALEEN_TEMPLATE_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->filling, baleen_template_filling_free);
  g_clear_pointer (&self->cleared, g_free);
  G_OBJECT_CLASS (baleen_template_form_parent_class)->dispose (object);
}

static void
baleen_template_form_class_init (BaleenTemplateFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = baleen_template_form_get_property;
  object_class->dispose = baleen_template_form_dispose;
  widget_class->measure = baleen_template_form_measure;
  widget_class->size_allocate = baleen_template_form_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
  gtk_widget_class_set_css_name (widget_class, "templateform");

  properties[PROP_IS_PREVIEWING] = g_param_spec_boolean (
      "is-previewing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT]
      = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSE_WANTED] = g_signal_new ("close-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
close_cb (BaleenTemplateForm *self)
{
  g_signal_emit (self, signals[CLOSE_WANTED], 0);
}

static GtkWidget *
header_new (BaleenTemplateForm *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *close = baleen_icon_button_new ("window-close-symbolic", _("Close the Form"));

  self->picker = baleen_template_picker_new (TRUE);
  g_signal_connect_swapped (self->picker, "chosen", G_CALLBACK (chosen_cb), self);
  self->title = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->title), self->picker);
  set_title (self, _("Template"));
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->title), FALSE);
  gtk_widget_set_tooltip_text (self->title, _("Choose another template"));
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_set_halign (self->title, GTK_ALIGN_START);
  self->length = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->length, "dim-label");
  gtk_widget_add_css_class (self->length, "numeric");
  self->preview = gtk_toggle_button_new_with_label (_("Preview"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_STATE_PRESSED,
                               GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  g_signal_connect_swapped (self->preview, "toggled", G_CALLBACK (previewed_cb), self);
  self->clear = gtk_button_new_with_label (_("Clear"));
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (close_cb), self);

  gtk_box_append (GTK_BOX (header), self->title);
  gtk_box_append (GTK_BOX (header), self->length);
  gtk_box_append (GTK_BOX (header), self->preview);
  gtk_box_append (GTK_BOX (header), self->clear);
  gtk_box_append (GTK_BOX (header), close);
  gtk_widget_add_css_class (self->preview, "flat");
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (header, "form-header");
  return header;
}

static void
baleen_template_form_init (BaleenTemplateForm *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->fields, "form-fields");
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "propagate-natural-height", TRUE, "min-content-height", 96,
                                 "vexpand", TRUE, "focusable", FALSE, "child", self->fields,
                                 NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Fields"), -1);
  gtk_box_append (GTK_BOX (self->box), header_new (self));
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Template"), -1);
}
