#include "baleen-empty-page.h"

#include <glib/gi18n.h>

struct _BaleenEmptyPage
{
  GtkWidget parent_instance;

  GtkWidget *page;
  GtkWidget *examples;
};

G_DEFINE_FINAL_TYPE (BaleenEmptyPage, baleen_empty_page, GTK_TYPE_WIDGET)

enum
{
  EXAMPLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
example_cb (GtkButton       *button,
            BaleenEmptyPage *self)
{
  g_signal_emit (self, signals[EXAMPLE], 0, g_object_get_data (G_OBJECT (button), "example"));
}

/* In Chinese a card is Chinese and says that the question goes out in the model's language. */
static char *
card_title (const BaleenCatalogueEntry   *entry,
            const BaleenCatalogueExample *example)
{
  const gboolean is_chinese = g_str_has_prefix (g_get_language_names ()[0], "zh");

  if (is_chinese && example->file == NULL && !g_strv_contains ((const char *const *) entry->languages, "zh"))
    return g_strdup_printf (_("%s (asked in English)"), example->title);
  return g_strdup (example->title);
}

static GtkWidget *
card_new (BaleenEmptyPage              *self,
          const BaleenCatalogueEntry   *entry,
          const BaleenCatalogueExample *example)
{
  g_autofree char *heading = card_title (entry, example);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", heading, "xalign", 0.0, "wrap", TRUE,
                                   NULL);
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "label", example->text, "xalign", 0.0, "wrap",
                                  TRUE, NULL);
  GtkWidget *button = gtk_button_new ();
  g_autofree char *name = g_strdup_printf ("%s: %s", heading, example->text);

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "example");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_object_set_data (G_OBJECT (button), "example", (gpointer) example);
  g_signal_connect (button, "clicked", G_CALLBACK (example_cb), self);
  return button;
}

/* What comes with the program is small: who wants more sees where it is. */
static GtkWidget *
larger_model_new (void)
{
  return g_object_new (GTK_TYPE_BUTTON, "label", _("Choose a Larger Model…"), "halign",
                       GTK_ALIGN_CENTER, "action-name", "win.model-library", "css-classes",
                       (const char *const[]) { "flat", NULL }, NULL);
}

/* Where the words of a new chat would go is said before the first of them. */
static char *
place_words (const char *host)
{
  return host != NULL ? g_strdup_printf (_("Runs at %s. What you send goes there."), host)
                      : g_strdup (_("Runs on this computer, offline."));
}

void
baleen_empty_page_set_model (BaleenEmptyPage            *self,
                             const BaleenCatalogueEntry *entry,
                             const char                 *host)
{
  g_autofree char *place = place_words (host);
  g_autofree char *words = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->examples)) != NULL)
    gtk_box_remove (GTK_BOX (self->examples), child);
  if (entry != NULL)
    {
      /* Translators: whole sentences, one behind the other. */
      words = g_strdup_printf (_("%s %s %s"), place, entry->can, entry->cannot);
      for (guint i = 0; i < entry->examples->len; i++)
        gtk_box_append (GTK_BOX (self->examples),
                        card_new (self, entry, entry->examples->pdata[i]));
      if (entry->files->len == 0)
        gtk_box_append (GTK_BOX (self->examples), larger_model_new ());
    }
  adw_status_page_set_description (ADW_STATUS_PAGE (self->page), words != NULL ? words : place);
}

void
baleen_empty_page_show_examples (BaleenEmptyPage *self,
                                 gboolean         is_shown)
{
  gtk_widget_set_visible (self->examples, is_shown);
}

void
baleen_empty_page_set_is_compact (BaleenEmptyPage *self,
                                  gboolean         is_compact)
{
  if (is_compact)
    gtk_widget_add_css_class (self->page, "compact");
  else
    gtk_widget_remove_css_class (self->page, "compact");
}

static void
baleen_empty_page_dispose (GObject *object)
{
  BaleenEmptyPage *self = BALEEN_EMPTY_PAGE (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_empty_page_parent_class)->dispose (object);
}

static void
baleen_empty_page_class_init (BaleenEmptyPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_empty_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[EXAMPLE]
      = g_signal_new ("example", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_POINTER);
}

/* A status page has a scroller inside that takes the focus and has no name. */
static GtkWidget *
find_scroller (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_SCROLLED_WINDOW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_scroller (child);
  return found;
}

static void
baleen_empty_page_init (BaleenEmptyPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->page = adw_status_page_new ();
  adw_status_page_set_title (ADW_STATUS_PAGE (self->page), _("What would you like to know?"));
  self->examples = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 480);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->examples);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->page), clamp);
  gtk_widget_set_focusable (find_scroller (self->page), FALSE);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}
