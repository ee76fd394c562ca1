#include "preferences-hints.h"

#include <glib/gi18n.h>

#include "preferences-rows.h"

#define HINTS_OFF "hints-off"

/* The coach's words for its kinds, and what people call them. */
static const struct
{
  const char *kind;
  const char *title;
} kinds[] = {
  { "too-broad", N_ ("Too broad") },
  { "no-context", N_ ("Nothing to go by") },
  { "vague", N_ ("A vague wish") },
  { "ambiguous", N_ ("Words without a measure") },
  { "contradiction", N_ ("Wishes that exclude each other") },
  { "long-mixed", N_ ("Several questions in one") },
  { "repeat", N_ ("Asked before") },
  { "recent-events", N_ ("Recent events") },
  { "outline-first", N_ ("Longer than one answer") },
  { "summarize-in-parts", N_ ("Longer than the context") },
  { "language", N_ ("A language that the model lacks") },
};

static void
set_is_on (GSettings  *settings,
           const char *kind,
           gboolean    is_on)
{
  g_auto (GStrv) off = g_settings_get_strv (settings, HINTS_OFF);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (gsize i = 0; off[i] != NULL; i++)
    if (!g_str_equal (off[i], kind))
      g_strv_builder_add (builder, off[i]);
  if (!is_on)
    g_strv_builder_add (builder, kind);
  kept = g_strv_builder_end (builder);
  g_settings_set_strv (settings, HINTS_OFF, (const char *const *) kept);
}

static void
switched_cb (GtkSwitch  *button,
             GParamSpec *pspec,
             GSettings  *settings)
{
  set_is_on (settings, g_object_get_data (G_OBJECT (button), "kind"),
             gtk_switch_get_active (button));
}

static void
add_kind (AdwExpanderRow *parent,
          GSettings      *settings,
          const char     *kind,
          const char     *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, NULL);
  g_auto (GStrv) off = g_settings_get_strv (settings, HINTS_OFF);
  GtkWidget *button
      = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, "active",
                      !g_strv_contains ((const char *const *) off, kind), NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "kind", g_strdup (kind), g_free);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (switched_cb), settings, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (parent, row);
}

void
baleen_preferences_add_hints (AdwPreferencesPage *page,
                              GSettings          *settings)
{
  AdwPreferencesGroup *group = baleen_preferences_add_group (
      page, _("Hints"),
      _("While a message is written, by rules alone: no model is asked and nothing is sent."));
  GtkWidget *row = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", _("Kinds of hints"), NULL);

  baleen_preferences_add_switch (group, settings, "hints", _("Give hints"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_kind (ADW_EXPANDER_ROW (row), settings, kinds[i].kind, _(kinds[i].title));
  g_settings_bind (settings, "hints", row, "sensitive", G_SETTINGS_BIND_GET);
  adw_preferences_group_add (group, row);
}
