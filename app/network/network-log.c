#include "network-log.h"

#include "network-entry-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

struct _BaleenNetworkLog
{
  GObject parent_instance;

  GListStore *entries; /* (owned) */
  guint n_open;
  char *path;          /* (owned) (nullable) */
  char *offered;       /* (owned) (nullable) */
};

G_DEFINE_TYPE (BaleenNetworkLog, baleen_network_log, G_TYPE_OBJECT)

static guint changed_signal;

/* The file is the person's own: nobody else may read where they were. */
static void
append_line (BaleenNetworkLog   *self,
             BaleenNetworkEntry *entry)
{
  g_autofree char *line = NULL;
  FILE *file;

  if (self->path == NULL)
    return;
  file = g_fopen (self->path, "ae");
  if (file == NULL)
    {
      g_warning ("The network log could not be written to %s: %s", self->path,
                 g_strerror (errno));
      return;
    }
  g_chmod (self->path, 0600);
  line = baleen_network_entry_to_line (entry);
  fprintf (file, "%s\n", line);
  fclose (file);
}

/* What the file holds after something was forgotten. Replaced as a whole, so that a kill in
 * between leaves the old one. */
static void
rewrite (BaleenNetworkLog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (BaleenNetworkEntry) entry
          = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      g_autofree char *line = NULL;

      if (baleen_network_entry_get_is_open (entry))
        continue;
      line = baleen_network_entry_to_line (entry);
      g_string_append_printf (text, "%s\n", line);
    }
  if (!g_file_set_contents_full (self->path, text->str, text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("The network log could not be written: %s", error->message);
}

/* What the file holds comes before what is there already. */
static void
read_file (BaleenNetworkLog *self)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_read = 0;

  if (!g_file_get_contents (self->path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (BaleenNetworkEntry) entry
          = *lines[i] != '\0' ? baleen_network_entry_from_line (lines[i]) : NULL;

      if (entry != NULL)
        g_list_store_insert (self->entries, n_read++, entry);
    }
}

static void
forget_before (BaleenNetworkLog *self,
               gint64            oldest)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i-- > 0;)
    {
      g_autoptr (BaleenNetworkEntry) entry
          = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (baleen_network_entry_get_time (entry) < oldest
          && !baleen_network_entry_get_is_open (entry))
        g_list_store_remove (self->entries, i);
    }
}

void
baleen_network_log_keep (BaleenNetworkLog *self,
                         const char       *path,
                         guint             days)
{
  if (days == 0)
    {
      g_unlink (path);
      g_clear_pointer (&self->path, g_free);
      return;
    }
  if (self->path == NULL)
    {
      self->path = g_strdup (path);
      read_file (self);
    }
  forget_before (self, g_get_real_time () - days * G_TIME_SPAN_DAY);
  rewrite (self);
  g_signal_emit (self, changed_signal, 0);
}

void
baleen_network_log_clear (BaleenNetworkLog *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i-- > 0;)
    {
      g_autoptr (BaleenNetworkEntry) entry
          = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (!baleen_network_entry_get_is_open (entry))
        g_list_store_remove (self->entries, i);
    }
  if (self->path != NULL)
    rewrite (self);
  g_signal_emit (self, changed_signal, 0);
}

GListModel *
baleen_network_log_get_entries (BaleenNetworkLog *self)
{
  return G_LIST_MODEL (self->entries);
}

guint
baleen_network_log_get_n_open (BaleenNetworkLog *self)
{
  return self->n_open;
}

/* A change on its way into the main context. */
typedef struct
{
  BaleenNetworkEntry *entry; /* (owned) (nullable) of OFFER */
  enum { CHANGE_OPEN, CHANGE_COUNT, CHANGE_CLOSE, CHANGE_OFFER } kind;
  guint64 sent, received;
  char *words;               /* (owned) (nullable) the result, or the address */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->entry);
  g_free (change->words);
  g_free (change);
}

static gboolean
change_cb (gpointer data)
{
  Change *change = data;
  BaleenNetworkLog *self = baleen_network_log_get ();

  switch (change->kind)
    {
    case CHANGE_OPEN:
      self->n_open++;
      g_list_store_append (self->entries, change->entry);
      break;
    case CHANGE_COUNT:
      baleen_network_entry_set_counts (change->entry, change->sent, change->received);
      break;
    case CHANGE_CLOSE:
      if (!baleen_network_entry_get_is_open (change->entry))
        return G_SOURCE_REMOVE;
      baleen_network_entry_set_result (change->entry, change->words);
      self->n_open--;
      append_line (self, change->entry);
      break;
    case CHANGE_OFFER:
      g_free (self->offered);
      self->offered = g_steal_pointer (&change->words);
      break;
    }
  g_signal_emit (self, changed_signal, 0);

  return G_SOURCE_REMOVE;
}

static void
send_change (const Change *change)
{
  if (change->entry != NULL)
    g_object_ref (change->entry);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, change_cb,
                              g_memdup2 (change, sizeof *change), change_free);
}

BaleenNetworkEntry *
baleen_network_log_open (BaleenNetworkLog *self,
                         BaleenPurpose     purpose,
                         const char       *host,
                         const char       *message)
{
  Change change = { .kind = CHANGE_OPEN };

  change.entry = baleen_network_entry_new (purpose, host, message, g_get_real_time ());
  send_change (&change);

  return change.entry;
}

void
baleen_network_entry_count (BaleenNetworkEntry *self,
                            guint64             sent,
                            guint64             received)
{
  send_change (&(Change) { self, CHANGE_COUNT, sent, received, NULL });
}

void
baleen_network_entry_close (BaleenNetworkEntry *self,
                            const char         *result)
{
  send_change (&(Change) { self, CHANGE_CLOSE, 0, 0, g_strdup (result) });
}

void
baleen_network_log_set_offered (BaleenNetworkLog *self,
                                const char       *address)
{
  send_change (&(Change) { NULL, CHANGE_OFFER, 0, 0, g_strdup (address) });
}

const char *
baleen_network_log_get_offered (BaleenNetworkLog *self)
{
  return self->offered;
}

static void
baleen_network_log_finalize (GObject *object)
{
  BaleenNetworkLog *self = BALEEN_NETWORK_LOG (object);

  g_object_unref (self->entries);
  g_free (self->path);
  g_free (self->offered);
  G_OBJECT_CLASS (baleen_network_log_parent_class)->finalize (object);
}

static void
baleen_network_log_class_init (BaleenNetworkLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_network_log_finalize;
  changed_signal = g_signal_new ("changed", BALEEN_TYPE_NETWORK_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_network_log_init (BaleenNetworkLog *self)
{
  self->entries = g_list_store_new (BALEEN_TYPE_NETWORK_ENTRY);
}

BaleenNetworkLog *
baleen_network_log_get (void)
{
  static gsize log;

  if (g_once_init_enter (&log))
    g_once_init_leave (&log, (gsize) g_object_new (BALEEN_TYPE_NETWORK_LOG, NULL));

  return BALEEN_NETWORK_LOG ((gpointer) log);
}
