#include "export-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const BaleenFileForm *forms;
  guint n_forms;
  guint usual;
} Offer;

/* A title that is a sentence loses its full stop before the suffix. */
static char *
make_file_name (const char *title,
                const char *suffix)
{
  g_autofree char *name = g_strdup (title);

  g_strdelimit (name, "/\\:*?\"<>|\n", ' ');
  for (gsize end = strlen (name); end > 1 && strchr (". ", name[end - 1]) != NULL; end--)
    name[end - 1] = '\0';
  return g_strconcat (g_strstrip (name), suffix, NULL);
}

GtkFileChooserNative *
baleen_export_chooser_new (GtkWindow            *parent,
                           const char           *title,
                           const BaleenFileForm *forms,
                           guint                 n_forms,
                           guint                 usual)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Export"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                     _("_Save"), _("_Cancel"));
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autofree char *name = make_file_name (title, forms[usual].suffix);
  Offer *offer = g_new (Offer, 1);

  *offer = (Offer) { forms, n_forms, usual };
  g_object_set_data_full (G_OBJECT (dialog), "offer", offer, g_free);
  for (guint i = 0; i < n_forms; i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _(forms[i].name));
      gtk_file_filter_add_suffix (filter, forms[i].suffix + 1);
      g_object_set_data (G_OBJECT (filter), "form", GUINT_TO_POINTER (i));
      gtk_file_chooser_add_filter (chooser, filter);
      if (i == usual)
        gtk_file_chooser_set_filter (chooser, filter);
    }
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  return dialog;
}

/* `name` without the suffix of any form, and which that was. */
static gboolean
cut_suffix (char                 *name,
            const BaleenFileForm *forms,
            guint                 n_forms,
            guint                *form)
{
  for (guint i = 0; i < n_forms; i++)
    if (g_str_has_suffix (name, forms[i].suffix))
      {
        name[strlen (name) - strlen (forms[i].suffix)] = '\0';
        *form = i;
        return TRUE;
      }
  return FALSE;
}

static GFile *
find_unused (GFile      *folder,
             const char *name,
             const char *suffix)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *other = i == 1 ? g_strconcat (name, suffix, NULL)
                                      : g_strdup_printf ("%s %u%s", name, i, suffix);
      g_autoptr (GFile) found = g_file_get_child (folder, other);

      if (!g_file_query_exists (found, NULL))
        return g_steal_pointer (&found);
    }
}

GFile *
baleen_export_find_file (GFile                *file,
                         const BaleenFileForm *forms,
                         guint                 n_forms,
                         guint                 usual,
                         guint                 chosen,
                         guint                *form)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  guint named = chosen;

  *form = chosen;
  if (!cut_suffix (name, forms, n_forms, &named) || folder == NULL || named == chosen)
    return g_object_ref (file);
  if (chosen != usual && named == usual)
    return find_unused (folder, name, forms[chosen].suffix);
  *form = named;
  return g_object_ref (file);
}

GFile *
baleen_export_chooser_get_file (GtkFileChooserNative *dialog,
                                int                   response,
                                guint                *form)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  const Offer *offer = g_object_get_data (G_OBJECT (dialog), "offer");
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  g_autoptr (GFile) file
      = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;
  guint chosen = offer->usual;

  if (file == NULL)
    return NULL;
  if (filter != NULL)
    chosen = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (filter), "form"));
  return baleen_export_find_file (file, offer->forms, offer->n_forms, offer->usual, chosen, form);
}
