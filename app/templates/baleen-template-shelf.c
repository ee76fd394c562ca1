#include "baleen-template-shelf.h"

#include "template-parser.h"
#include "template-slot.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

struct _BaleenTemplateShelf
{
  GObject parent_instance;

  GSettings *settings;            /* (owned) */
  BaleenTemplateLibrary *library; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenTemplateShelf, baleen_template_shelf, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define STARS "starred-templates"
#define USES "template-uses"

static void
baleen_template_shelf_finalize (GObject *object)
{
  BaleenTemplateShelf *self = BALEEN_TEMPLATE_SHELF (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->library, baleen_template_library_free);
  G_OBJECT_CLASS (baleen_template_shelf_parent_class)->finalize (object);
}

static void
baleen_template_shelf_class_init (BaleenTemplateShelfClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_template_shelf_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_template_shelf_init (BaleenTemplateShelf *self)
{
}

BaleenTemplateShelf *
baleen_template_shelf_new (GSettings *settings)
{
  BaleenTemplateShelf *self = g_object_new (BALEEN_TYPE_TEMPLATE_SHELF, NULL);

  self->settings = g_object_ref (settings);
  return self;
}

/* The folders are read when somebody first looks, not while the window opens. */
static BaleenTemplateLibrary *
get_library (BaleenTemplateShelf *self)
{
  if (self->library == NULL)
    self->library = baleen_template_library_new ();
  return self->library;
}

void
baleen_template_shelf_reload (BaleenTemplateShelf *self)
{
  g_clear_pointer (&self->library, baleen_template_library_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baleen_template_shelf_adopt (BaleenTemplateShelf   *self,
                             BaleenTemplateLibrary *library)
{
  g_clear_pointer (&self->library, baleen_template_library_free);
  self->library = library;
  g_signal_emit (self, signals[CHANGED], 0);
}

const BaleenTemplate *
baleen_template_shelf_find (BaleenTemplateShelf *self,
                            const char          *id)
{
  return baleen_template_library_find (get_library (self), id, NULL);
}

const char *
baleen_template_shelf_get_language (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh") ? "zh" : "en";
}

/* ---- stars and uses ------------------------------------------------------------------- */

gboolean
baleen_template_shelf_get_is_starred (BaleenTemplateShelf *self,
                                      const char          *id)
{
  g_auto (GStrv) stars = g_settings_get_strv (self->settings, STARS);

  return g_strv_contains ((const char *const *) stars, id);
}

void
baleen_template_shelf_set_is_starred (BaleenTemplateShelf *self,
                                      const char          *id,
                                      gboolean             is_starred)
{
  g_auto (GStrv) stars = g_settings_get_strv (self->settings, STARS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (gsize i = 0; stars[i] != NULL; i++)
    if (!g_str_equal (stars[i], id))
      g_strv_builder_add (builder, stars[i]);
  if (is_starred)
    g_strv_builder_add (builder, id);
  kept = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, STARS, (const char *const *) kept);
  g_signal_emit (self, signals[CHANGED], 0);
}

static guint32
get_uses (GVariant   *uses,
          const char *id)
{
  guint32 n = 0;

  g_variant_lookup (uses, id, "u", &n);
  return n;
}

void
baleen_template_shelf_count_use (BaleenTemplateShelf *self,
                                 const char          *id)
{
  g_autoptr (GVariant) uses = g_settings_get_value (self->settings, USES);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *each;
  guint32 n;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{su}"));
  g_variant_iter_init (&iter, uses);
  while (g_variant_iter_next (&iter, "{&su}", &each, &n))
    if (!g_str_equal (each, id))
      g_variant_builder_add (&builder, "{su}", each, n);
  g_variant_builder_add (&builder, "{su}", id, get_uses (uses, id) + 1);
  g_settings_set_value (self->settings, USES, g_variant_builder_end (&builder));
}

/* ---- lists ---------------------------------------------------------------------------- */

/* What a template is sorted by, found out once for each and not at every comparison. */
typedef struct
{
  const BaleenTemplate *template_;
  gboolean is_starred;
  guint32 n_uses;
  char *key; /* (owned) */
} Place;

static void
clear_place (gpointer data)
{
  g_free (((Place *) data)->key);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Place *one = a;
  const Place *other = b;

  if (one->is_starred != other->is_starred)
    return one->is_starred ? -1 : 1;
  if (one->n_uses != other->n_uses)
    return one->n_uses > other->n_uses ? -1 : 1;
  return strcmp (one->key, other->key);
}

GPtrArray *
baleen_template_shelf_list (BaleenTemplateShelf *self,
                            const char          *words,
                            const char          *language)
{
  GPtrArray *all = get_library (self)->templates;
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GVariant) uses = g_settings_get_value (self->settings, USES);
  g_auto (GStrv) stars = g_settings_get_strv (self->settings, STARS);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (places, clear_place);
  /* One that does not say its language is in every one. */
  for (guint i = 0; i < all->len; i++)
    {
      const BaleenTemplate *template_ = all->pdata[i];

      if ((language == NULL || *template_->language == '\0'
           || g_str_equal (template_->language, language))
          && baleen_template_matches (template_, words))
        {
          const Place place = {
            template_, g_strv_contains ((const char *const *) stars, template_->id),
            get_uses (uses, template_->id), g_utf8_collate_key (template_->title, -1)
          };

          g_array_append_val (places, place);
        }
    }
  g_array_sort (places, compare);
  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (found, (gpointer) g_array_index (places, Place, i).template_);
  return found;
}

/* ---- own ones ------------------------------------------------------------------------- */

gboolean
baleen_template_shelf_save (BaleenTemplateShelf   *self,
                            const BaleenTemplate  *template_,
                            gboolean               may_replace,
                            GError               **error)
{
  if (!baleen_template_library_save (template_, may_replace, error))
    return FALSE;

  baleen_template_shelf_reload (self);
  return TRUE;
}

char *
baleen_template_shelf_remove (BaleenTemplateShelf  *self,
                              const char           *id,
                              GError              **error)
{
  g_autofree char *path = baleen_template_library_get_own_path (id);
  g_autofree char *source = NULL;

  if (!g_file_get_contents (path, &source, NULL, error))
    return NULL;
  if (g_unlink (path) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   _("“%s” cannot be deleted: %s. Check the folder's permissions."), path,
                   g_strerror (errno));
      return NULL;
    }

  baleen_template_shelf_reload (self);
  return g_steal_pointer (&source);
}

char *
baleen_template_shelf_make_id (BaleenTemplateShelf *self,
                               const char          *wanted)
{
  g_autofree char *base = baleen_template_slot_make_id (wanted, -1);
  g_autofree char *id = g_strdup (base != NULL ? base : "template");

  for (guint i = 2; baleen_template_shelf_find (self, id) != NULL
                    || baleen_template_library_is_own (id);
       i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", base != NULL ? base : "template", i);
    }
  return g_steal_pointer (&id);
}
