#include "template-importing.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "template-taking.h"

/* What was left out of a file is listed up to here. */
#define MOST_LISTED 20
/* Most files are taken before anybody could read that they are. */
#define MOMENT_TICKS 3
#define TICK_MS 100

typedef struct
{
  GtkWindow *parent;            /* (weak) (nullable) a window that is owned never goes */
  BaleenTemplateShelf *shelf;   /* (owned) */
  BaleenTemplateTaking *taking; /* (owned) */
  GCancellable *cancellable;    /* (owned) */
  GtkWidget *progress;          /* (weak) (nullable) a dialog, while it takes long */
  GtkWidget *bar;               /* of that */
  guint tick;
  guint n_ticks;
} Importing;

/* It closes itself once it was answered. */
static void
forget_progress (Importing *self)
{
  if (self->progress != NULL)
    g_signal_handlers_disconnect_by_data (self->progress, self);
  g_clear_weak_pointer (&self->progress);
}

static void
importing_free (Importing *self)
{
  GtkWidget *progress = self->progress;

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->parent != NULL)
    g_signal_handlers_disconnect_by_data (self->parent, self);
  g_clear_weak_pointer (&self->parent);
  forget_progress (self);
  if (progress != NULL)
    gtk_window_destroy (GTK_WINDOW (progress));
  g_object_unref (self->shelf);
  g_object_unref (self->cancellable);
  baleen_template_taking_unref (self->taking);
  g_free (self);
}

static char *
list_left_out (GPtrArray *left_out)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (left_out->len, MOST_LISTED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) left_out->pdata[i]);
  if (left_out->len > MOST_LISTED)
    g_string_append (text, "\n…");
  return g_string_free (text, FALSE);
}

static void
present (Importing  *self,
         const char *heading,
         const char *body)
{
  GtkWidget *dialog;

  if (self->parent == NULL)
    return;

  dialog = adw_message_dialog_new (self->parent, heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
present_taken (Importing *self)
{
  GPtrArray *left_out = baleen_template_taking_get_left_out (self->taking);
  const guint n_taken = baleen_template_taking_get_n_taken (self->taking);
  g_autofree char *body = list_left_out (left_out);
  g_autofree char *heading
      = left_out->len > 0 ? g_strdup_printf (_("%u taken, %u left out"), n_taken, left_out->len)
                          : g_strdup_printf (_("%u taken"), n_taken);

  baleen_template_shelf_adopt (self->shelf, baleen_template_taking_steal_library (self->taking));
  present (self, heading, body);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Importing *self = user_data;
  g_autoptr (GError) error = NULL;

  if (baleen_template_taking_run_finish (self->taking, result, &error))
    present_taken (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    present (self, _("Nothing was imported"), error->message);
  importing_free (self);
}

static void
cancel_cb (Importing *self)
{
  forget_progress (self);
  g_cancellable_cancel (self->cancellable);
}

static void
show_progress (Importing *self)
{
  g_set_weak_pointer (&self->progress, adw_message_dialog_new (self->parent,
                                                               _("Importing Templates"), NULL));
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Importing Templates"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self->progress), self->bar);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self->progress), "cancel", _("_Cancel"));
  g_signal_connect_swapped (self->progress, "response", G_CALLBACK (cancel_cb), self);
  gtk_window_present (GTK_WINDOW (self->progress));
}

static gboolean
tick_cb (gpointer data)
{
  Importing *self = data;

  self->n_ticks++;
  if (self->n_ticks == MOMENT_TICKS && self->parent != NULL)
    show_progress (self);
  if (self->progress != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                   baleen_template_taking_get_share (self->taking));

  return G_SOURCE_CONTINUE;
}

/* Its dialogs go with it. */
static void
parent_gone_cb (Importing *self)
{
  g_clear_weak_pointer (&self->parent);
  forget_progress (self);
  g_cancellable_cancel (self->cancellable);
}

void
baleen_template_importing_start (GtkWindow           *parent,
                                 BaleenTemplateShelf *shelf,
                                 const char          *path)
{
  Importing *self = g_new0 (Importing, 1);

  g_set_weak_pointer (&self->parent, parent);
  self->shelf = g_object_ref (shelf);
  self->taking = baleen_template_taking_new (path);
  self->cancellable = g_cancellable_new ();
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  g_signal_connect_swapped (parent, "destroy", G_CALLBACK (parent_gone_cb), self);
  baleen_template_taking_run_async (self->taking, self->cancellable, taken_cb, self);
}
