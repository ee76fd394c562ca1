#include "preferences-rows.h"

#include <glib/gi18n.h>

AdwPreferencesGroup *
baleen_preferences_add_group (AdwPreferencesPage *page,
                              const char         *title,
                              const char         *description)
{
  AdwPreferencesGroup *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title,
                                             "description", description, NULL);

  adw_preferences_page_add (page, group);
  return group;
}

/* The row's words name the control in it. */
static GtkWidget *
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle,
         GtkWidget           *control)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "use-markup", FALSE,
                                 "subtitle", subtitle != NULL ? subtitle : "", NULL);

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  adw_preferences_group_add (group, row);
  return row;
}

void
baleen_preferences_add_switch (AdwPreferencesGroup *group,
                               GSettings           *settings,
                               const char          *key,
                               const char          *title,
                               const char          *subtitle)
{
  GtkWidget *control = gtk_switch_new ();

  g_settings_bind (settings, key, control, "active", G_SETTINGS_BIND_DEFAULT);
  add_row (group, title, subtitle, control);
}

/* ---- numbers ---------------------------------------------------------------------------- */

static GtkWidget *
spin_button_new (double      least,
                 double      most,
                 double      step,
                 const char *name)
{
  GtkWidget *control = gtk_spin_button_new_with_range (least, most, step);

  gtk_editable_set_alignment (GTK_EDITABLE (control), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (control), 7);
  gtk_widget_add_css_class (control, "numeric");
  for (GtkWidget *child = gtk_widget_get_first_child (control); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_widget_get_prev_sibling (child) != NULL
                                              && GTK_IS_BUTTON (gtk_widget_get_prev_sibling (child))
                                          ? _("More")
                                          : _("Less"),
                                      -1);
    else
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
  return control;
}

static void
get_range (GSettings  *settings,
           const char *key,
           int        *least,
           int        *most)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) schema_key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) limits = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  schema_key = g_settings_schema_get_key (schema, key);
  range = g_settings_schema_key_get_range (schema_key);
  g_variant_get (range, "(sv)", NULL, &limits);
  g_variant_get (limits, "(ii)", least, most);
}

void
baleen_preferences_add_number (AdwPreferencesGroup *group,
                               GSettings           *settings,
                               const char          *key,
                               const char          *title,
                               const char          *subtitle,
                               int                  step)
{
  int least, most;
  GtkWidget *control;

  get_range (settings, key, &least, &most);
  control = spin_button_new (least, most, step, title);
  g_settings_bind (settings, key, control, "value", G_SETTINGS_BIND_DEFAULT);
  add_row (group, title, subtitle, control);
}

typedef struct
{
  GSettings *settings; /* (owned) */
  char *key;           /* (owned) */
  double usual;
  GtkWidget *own;
  GtkWidget *value;
} Fraction;

static void
fraction_free (gpointer  data,
               GClosure *closure)
{
  Fraction *fraction = data;

  g_object_unref (fraction->settings);
  g_free (fraction->key);
  g_free (fraction);
}

static void
fraction_cb (Fraction *fraction)
{
  const gboolean is_own = gtk_switch_get_active (GTK_SWITCH (fraction->own));

  gtk_widget_set_sensitive (fraction->value, is_own);
  g_settings_set_double (fraction->settings, fraction->key,
                         is_own ? gtk_spin_button_get_value (GTK_SPIN_BUTTON (fraction->value))
                                : -1);
}

void
baleen_preferences_add_fraction (AdwPreferencesGroup *group,
                                 GSettings           *settings,
                                 const char          *key,
                                 const char          *title,
                                 double               most,
                                 double               usual)
{
  const double value = g_settings_get_double (settings, key);
  Fraction *fraction = g_new0 (Fraction, 1);
  g_autofree char *own_name = g_strdup_printf (_("Set %s"), title);
  GtkWidget *row;

  fraction->settings = g_object_ref (settings);
  fraction->key = g_strdup (key);
  fraction->value = spin_button_new (0, most, 0.05, title);
  fraction->own = gtk_switch_new ();
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (fraction->value), 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (fraction->value), value >= 0 ? value : usual);
  gtk_switch_set_active (GTK_SWITCH (fraction->own), value >= 0);
  gtk_widget_set_sensitive (fraction->value, value >= 0);
  row = add_row (group, title, _("Otherwise as the model's file recommends"), fraction->own);
  gtk_accessible_update_property (GTK_ACCESSIBLE (fraction->own), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  own_name, -1);
  gtk_widget_set_valign (fraction->value, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), fraction->value);
  g_signal_connect_data (fraction->own, "notify::active", G_CALLBACK (fraction_cb), fraction,
                         fraction_free, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (fraction->value, "value-changed", G_CALLBACK (fraction_cb), fraction);
}

/* ---- words ------------------------------------------------------------------------------ */

/* Index of the chosen value; the values belong to the closure's data. */
static gboolean
value_to_index (GValue   *value,
                GVariant *variant,
                gpointer  user_data)
{
  const char *const *values = user_data;
  const char *chosen = g_variant_get_string (variant, NULL);

  for (guint i = 0; values[i] != NULL; i++)
    if (g_str_equal (values[i], chosen))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  g_value_set_uint (value, 0);
  return TRUE;
}

static GVariant *
index_to_value (const GValue       *value,
                const GVariantType *type,
                gpointer            user_data)
{
  const char *const *values = user_data;

  return g_variant_new_string (values[g_value_get_uint (value)]);
}

static void
free_values (gpointer data)
{
  g_strfreev (data);
}

void
baleen_preferences_add_choice (AdwPreferencesGroup *group,
                               GSettings           *settings,
                               const char          *key,
                               const char          *title,
                               const char          *subtitle,
                               const char *const   *labels,
                               const char *const   *values)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "use-markup", FALSE,
                                 "subtitle", subtitle != NULL ? subtitle : "", "model", list,
                                 NULL);

  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                value_to_index, index_to_value, g_strdupv ((char **) values),
                                free_values);
  adw_preferences_group_add (group, row);
}

static gboolean
text_to_buffer (GValue   *value,
                GVariant *variant,
                gpointer  user_data)
{
  g_value_set_string (value, g_variant_get_string (variant, NULL));
  return TRUE;
}

void
baleen_preferences_add_text (AdwPreferencesGroup *group,
                             GSettings           *settings,
                             const char          *key,
                             const char          *title,
                             const char          *subtitle)
{
  GtkWidget *text = gtk_text_view_new ();
  GtkWidget *scroller
      = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", text, "hscrollbar-policy",
                      GTK_POLICY_NEVER, "min-content-height", 96, "max-content-height", 240,
                      "propagate-natural-height", TRUE, "focusable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", subtitle, "xalign", 0.0, "wrap", TRUE,
                                   "css-classes",
                                   (const char *const[]) { "dim-label", "caption", NULL }, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", title, "child", box,
                                 "activatable", FALSE, "focusable", FALSE, NULL);

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_widget_add_css_class (scroller, "preference-text");
  gtk_widget_add_css_class (box, "preference-box");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), scroller);
  g_settings_bind_with_mapping (settings, key, gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)),
                                "text", G_SETTINGS_BIND_DEFAULT, text_to_buffer, NULL, NULL, NULL);
  adw_preferences_group_add (group, row);
}
