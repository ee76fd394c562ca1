#include "baleen-icon-button.h"

struct _BaleenIconButton
{
  GtkButton parent_instance;

  char *words; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenIconButton, baleen_icon_button, GTK_TYPE_BUTTON)

enum
{
  PROP_0,
  PROP_WORDS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
baleen_icon_button_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (property_id == PROP_WORDS)
    g_value_set_string (value, BALEEN_ICON_BUTTON (object)->words);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
baleen_icon_button_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  if (property_id == PROP_WORDS)
    baleen_icon_button_set_words (BALEEN_ICON_BUTTON (object), g_value_get_string (value), NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
baleen_icon_button_finalize (GObject *object)
{
  g_free (BALEEN_ICON_BUTTON (object)->words);
  G_OBJECT_CLASS (baleen_icon_button_parent_class)->finalize (object);
}

static void
baleen_icon_button_class_init (BaleenIconButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = baleen_icon_button_get_property;
  object_class->set_property = baleen_icon_button_set_property;
  object_class->finalize = baleen_icon_button_finalize;

  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baleen_icon_button_init (BaleenIconButton *self)
{
}

GtkWidget *
baleen_icon_button_new (const char *icon_name,
                        const char *words)
{
  return g_object_new (BALEEN_TYPE_ICON_BUTTON, "icon-name", icon_name, "words", words, NULL);
}

void
baleen_icon_button_set_words (BaleenIconButton *self,
                              const char       *words,
                              const char       *detail)
{
  g_autofree char *tooltip = detail != NULL ? g_strdup_printf ("%s\n%s", words, detail) : NULL;

  g_free (self->words);
  self->words = g_strdup (words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip != NULL ? tooltip : words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}
