#include "baleen-download-row.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "model-words.h"
#include "secrets.h"

struct _BaleenDownloadRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *title;
  GtkWidget *words;
  GtkWidget *bar;
  GtkWidget *action; /* with a word: what would let it go on, or Use */
  GtkWidget *pause;
  GtkWidget *cancel;

  BaleenDownloads *downloads;    /* (owned) */
  BaleenModelDownload *download; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenDownloadRow, baleen_download_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  CANCELLED,
  USE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- what is shown -------------------------------------------------------------------- */

static const char *
name_action (BaleenModelDownload *download)
{
  static const char *const names[] = {
    [BALEEN_MODEL_DOWNLOAD_AGAIN] = N_ ("Resume"),
    [BALEEN_MODEL_DOWNLOAD_TOKEN] = N_ ("Access Token…"),
    [BALEEN_MODEL_DOWNLOAD_ROOM] = N_ ("Another Folder…"),
    [BALEEN_MODEL_DOWNLOAD_FRESH] = N_ ("Download Again"),
  };

  switch (baleen_model_download_get_state (download))
    {
    case BALEEN_MODEL_DOWNLOAD_DONE:
      return _("Use");
    case BALEEN_MODEL_DOWNLOAD_FAILED:
      return _(names[baleen_model_download_get_remedy (download)]);
    default:
      return NULL;
    }
}

static void
update_bar (BaleenDownloadRow *self)
{
  const guint64 n_total = baleen_model_download_get_n_total (self->download);
  const guint64 n_done = baleen_model_download_get_n_done (self->download);
  const gboolean is_done
      = baleen_model_download_get_state (self->download) == BALEEN_MODEL_DOWNLOAD_DONE;

  gtk_widget_set_visible (self->bar, !is_done);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 n_total > 0 ? CLAMP (n_done / (double) n_total, 0, 1) : 0);
}

static void
update_pause (BaleenDownloadRow        *self,
              BaleenModelDownloadState  state)
{
  const gboolean is_paused = state == BALEEN_MODEL_DOWNLOAD_PAUSED;

  gtk_widget_set_visible (self->pause, state <= BALEEN_MODEL_DOWNLOAD_PAUSED);
  gtk_button_set_icon_name (GTK_BUTTON (self->pause), is_paused ? "media-playback-start-symbolic"
                                                                : "media-playback-pause-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->pause),
                                is_paused ? _("Resume") : _("Pause"), NULL);
}

static void
update (BaleenDownloadRow *self)
{
  const BaleenModelDownloadState state = baleen_model_download_get_state (self->download);
  const char *title = baleen_model_download_get_title (self->download);
  const char *action = name_action (self->download);
  g_autofree char *words = baleen_model_words_download (self->download);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, words);

  gtk_label_set_text (GTK_LABEL (self->words), words);
  update_bar (self);
  update_pause (self, state);
  gtk_widget_set_visible (self->action, action != NULL);
  if (action != NULL)
    gtk_button_set_label (GTK_BUTTON (self->action), action);
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->cancel),
                                state == BALEEN_MODEL_DOWNLOAD_DONE ? _("Clear") : _("Cancel"),
                                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* ---- what is done --------------------------------------------------------------------- */

static void
pause_cb (BaleenDownloadRow *self)
{
  if (baleen_model_download_get_state (self->download) == BALEEN_MODEL_DOWNLOAD_PAUSED)
    baleen_downloads_resume (self->downloads, self->download);
  else
    baleen_downloads_pause (self->downloads, self->download);
}

static void
cancel_cb (BaleenDownloadRow *self)
{
  g_autoptr (BaleenDownloadRow) kept = g_object_ref (self);
  const gboolean was_done
      = baleen_model_download_get_state (self->download) == BALEEN_MODEL_DOWNLOAD_DONE;

  if (!was_done)
    g_signal_emit (kept, signals[CANCELLED], 0, kept->download);
  baleen_downloads_cancel (kept->downloads, kept->download);
}

typedef struct
{
  char *host;
  char *token;
} Token;

static void
token_free (gpointer data)
{
  Token *token = data;

  g_free (token->host);
  g_free (token->token);
  g_free (token);
}

static void
keep_token (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  const Token *token = data;
  GError *error = NULL;

  if (baleen_secrets_set ("download", token->host, token->host, token->token, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
token_kept_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  BaleenDownloadRow *self = BALEEN_DOWNLOAD_ROW (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    baleen_downloads_resume (self->downloads, self->download);
  else
    gtk_label_set_text (GTK_LABEL (self->words), error->message);
}

static void
token_given_cb (AdwMessageDialog  *dialog,
                const char        *response,
                BaleenDownloadRow *self)
{
  GtkWidget *entry = g_object_get_data (G_OBJECT (dialog), "entry");
  g_autoptr (GTask) task = NULL;
  Token *token;

  if (!g_str_equal (response, "keep"))
    return;
  token = g_new0 (Token, 1);
  token->host = g_strdup (baleen_model_download_get_host (self->download));
  token->token = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  task = g_task_new (self, NULL, token_kept_cb, NULL);
  g_task_set_task_data (task, token, token_free);
  g_task_run_in_thread (task, keep_token);
}

static void
ask_token (BaleenDownloadRow *self)
{
  const char *host = baleen_model_download_get_host (self->download);
  g_autofree char *heading = g_strdup_printf (_("Access Token for %s"), host);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry
      = g_object_new (ADW_TYPE_PASSWORD_ENTRY_ROW, "title", _("Token, kept in your keyring"), NULL);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
      _("This model is given to those who have accepted its terms. Accept them on its page, make a "
        "token in the settings of your account there, and paste it here. It is sent to this host "
        "alone."));

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "keep",
                                    _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "entry", g_object_ref (entry), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (token_given_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
folder_chosen_cb (GtkFileChooserNative *dialog,
                  int                   response,
                  BaleenDownloadRow    *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    {
      baleen_model_download_set_folder (self->download, path);
      baleen_downloads_resume (self->downloads, self->download);
    }
  g_object_unref (dialog);
}

static void
ask_folder (BaleenDownloadRow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Folder for This Model"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
action_cb (BaleenDownloadRow *self)
{
  if (baleen_model_download_get_state (self->download) == BALEEN_MODEL_DOWNLOAD_DONE)
    {
      g_signal_emit (self, signals[USE], 0, baleen_model_download_get_path (self->download));
      return;
    }
  switch (baleen_model_download_get_remedy (self->download))
    {
    case BALEEN_MODEL_DOWNLOAD_TOKEN:
      ask_token (self);
      break;
    case BALEEN_MODEL_DOWNLOAD_ROOM:
      ask_folder (self);
      break;
    case BALEEN_MODEL_DOWNLOAD_AGAIN:
    case BALEEN_MODEL_DOWNLOAD_FRESH:
    default:
      baleen_downloads_resume (self->downloads, self->download);
      break;
    }
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_download_row_dispose (GObject *object)
{
  BaleenDownloadRow *self = BALEEN_DOWNLOAD_ROW (object);

  g_clear_object (&self->downloads);
  g_clear_object (&self->download);
  G_OBJECT_CLASS (baleen_download_row_parent_class)->dispose (object);
}

static void
baleen_download_row_class_init (BaleenDownloadRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_download_row_dispose;
  signals[CANCELLED]
      = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BALEEN_TYPE_MODEL_DOWNLOAD);
  signals[USE] = g_signal_new ("use", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
words_new (BaleenDownloadRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, NULL);
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, NULL);
  self->bar = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->words, "caption");
  gtk_widget_add_css_class (self->words, "numeric");
  gtk_widget_add_css_class (self->words, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Downloaded"), -1);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_widget_set_hexpand (box, TRUE);

  return box;
}

static void
baleen_download_row_init (BaleenDownloadRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = words_new (self);

  /* Below the words: beside them it would leave them no room in a narrow window. */
  self->action = gtk_button_new_with_label ("");
  gtk_widget_set_halign (self->action, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (words), self->action);
  self->pause = baleen_icon_button_new ("media-playback-pause-symbolic", _("Pause"));
  self->cancel = baleen_icon_button_new ("window-close-symbolic", _("Cancel"));
  gtk_box_append (GTK_BOX (box), words);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *button = i == 0 ? self->pause : self->cancel;

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_box_append (GTK_BOX (box), button);
    }
  g_signal_connect_swapped (self->action, "clicked", G_CALLBACK (action_cb), self);
  g_signal_connect_swapped (self->pause, "clicked", G_CALLBACK (pause_cb), self);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_css_class (box, "download");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

GtkWidget *
baleen_download_row_new (BaleenDownloads     *downloads,
                         BaleenModelDownload *download)
{
  BaleenDownloadRow *self = g_object_new (BALEEN_TYPE_DOWNLOAD_ROW, NULL);

  self->downloads = g_object_ref (downloads);
  self->download = g_object_ref (download);
  gtk_label_set_text (GTK_LABEL (self->title), baleen_model_download_get_title (download));
  g_signal_connect_object (download, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
