#include "adapter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX_A ".lora_a"
#define SUFFIX_B ".lora_b"

struct _BlnAdapter
{
  gint n_references;  /* (atomic) */
  BlnGguf *gguf;      /* (owned) */
  GPtrArray *names;   /* (owned) of char */
  GArray *pairs;      /* (owned) of BlnLoraPair */
  float alpha;
  BlnAdapterInfo info; /* its strings are owned */
};

static gboolean
says (BlnGguf    *gguf,
      const char *key,
      const char *word)
{
  BlnGgufString value = { NULL, 0 };

  return bln_gguf_get_string (gguf, key, &value, NULL) && value.length == strlen (word)
         && memcmp (value.bytes, word, value.length) == 0;
}

gboolean
bln_gguf_is_adapter (BlnGguf *gguf)
{
  return says (gguf, "general.type", "adapter");
}

static gboolean
damaged (BlnAdapter *adapter,
         const char *reason,
         const char *tensor,
         GError    **error)
{
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED, _("“%s” is damaged: %s (%s). Get it again."),
               bln_gguf_get_base_name (adapter->gguf), reason, tensor);
  return FALSE;
}

static gboolean
read_kind (BlnAdapter *adapter,
           GError    **error)
{
  const char *name = bln_gguf_get_base_name (adapter->gguf);

  if (!bln_gguf_is_adapter (adapter->gguf))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” is a model and no adapter. Choose it as a model."), name);
      return FALSE;
    }
  if (!says (adapter->gguf, "adapter.type", "lora"))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” is an adapter of a kind that Baleen cannot use; LoRA adapters are."),
                   name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_text (BlnAdapter  *adapter,
           const char  *key,
           const char **text,
           GError     **error)
{
  BlnGgufString value = { NULL, 0 };

  if (!bln_gguf_get_string (adapter->gguf, key, &value, error))
    return FALSE;
  if (value.length > 0)
    *text = bln_shown_text (value.bytes, value.length);
  return TRUE;
}

static gboolean
read_keys (BlnAdapter *adapter,
           GError    **error)
{
  BlnAdapterInfo *info = &adapter->info;

  if (!read_text (adapter, "general.name", &info->name, error)
      || !read_text (adapter, "general.architecture", &info->architecture, error)
      || !read_text (adapter, "general.base_model.0.name", &info->base_name, error)
      || !bln_gguf_get_f32 (adapter->gguf, "adapter.lora.alpha", &adapter->alpha, error))
    return FALSE;
  if (info->name == NULL)
    info->name = g_strdup (bln_gguf_get_base_name (adapter->gguf));
  if (info->architecture == NULL)
    return damaged (adapter, _("it does not say for which architecture it is"),
                    "general.architecture", error);
  return TRUE;
}

static gboolean
check_types (BlnAdapter        *adapter,
             const BlnLoraPair *pair,
             GError           **error)
{
  const BlnTensor *both[] = { pair->a, pair->b };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      const BlnTypeInfo *type = bln_type_info (both[i]->type);

      if (type == NULL || !type->is_supported)
        {
          g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                       _("“%s” holds the tensor %s as %s, which is not supported there; %s are."),
                       bln_gguf_get_base_name (adapter->gguf), both[i]->name,
                       type != NULL ? type->name : _("an unknown type"),
                       bln_type_supported_names ());
          return FALSE;
        }
    }
  return TRUE;
}

/* Of the table of embeddings both lie with the rank first. */
static gboolean
check_shapes (BlnAdapter  *adapter,
              BlnLoraPair *pair,
              GError     **error)
{
  const guint64 *a = pair->a->ne, *b = pair->b->ne;
  const gboolean is_table = strcmp (pair->name, "token_embd.weight") == 0 && a[0] == b[0];
  const guint64 rank = b[0];

  if (rank == 0 || a[2] != b[2] || a[3] != 1 || b[3] != 1 || (!is_table && a[1] != rank))
    return damaged (adapter, _("its two matrices do not fit each other"), pair->name, error);
  if (adapter->alpha != 0)
    pair->scale = adapter->alpha / (float) rank;
  else
    pair->scale = 1;
  adapter->info.rank = MAX (adapter->info.rank, (guint32) MIN (rank, G_MAXUINT32));
  return TRUE;
}

static gboolean
add_pair (BlnAdapter      *adapter,
          const BlnTensor *a,
          GError         **error)
{
  char *name = g_strndup (a->name, strlen (a->name) - strlen (SUFFIX_A));
  g_autofree char *other = g_strconcat (name, SUFFIX_B, NULL);
  BlnLoraPair pair = { name, a, bln_gguf_find_tensor (adapter->gguf, other), 0 };

  g_ptr_array_add (adapter->names, name);
  if (pair.b == NULL)
    return damaged (adapter, _("one of two matrices is missing"), other, error);
  if (!check_types (adapter, &pair, error) || !check_shapes (adapter, &pair, error))
    return FALSE;
  g_array_append_val (adapter->pairs, pair);
  adapter->info.n_bytes += a->n_bytes + pair.b->n_bytes;
  adapter->info.n_parameters += a->ne[0] * a->ne[1] * a->ne[2]
                                + pair.b->ne[0] * pair.b->ne[1] * pair.b->ne[2];
  return TRUE;
}

static gboolean
read_pairs (BlnAdapter *adapter,
            GError    **error)
{
  const guint n = bln_gguf_get_n_tensors (adapter->gguf);

  for (guint i = 0; i < n; i++)
    {
      const BlnTensor *tensor = bln_gguf_get_tensor (adapter->gguf, i);

      if (g_str_has_suffix (tensor->name, SUFFIX_A))
        {
          if (!add_pair (adapter, tensor, error))
            return FALSE;
        }
      else if (!g_str_has_suffix (tensor->name, SUFFIX_B))
        return damaged (adapter, _("it holds what belongs to no LoRA adapter"), tensor->name,
                        error);
    }
  if (adapter->pairs->len == 0)
    return damaged (adapter, _("it changes nothing"), ".lora_a", error);
  if (adapter->pairs->len * 2 != n)
    return damaged (adapter, _("one of two matrices is missing"), ".lora_a", error);
  adapter->info.n_matrices = adapter->pairs->len;
  return TRUE;
}

BlnAdapter *
bln_adapter_open (const char *path,
                  GError    **error)
{
  g_autoptr (BlnAdapter) adapter = NULL;
  BlnGguf *gguf;

  g_return_val_if_fail (path != NULL, NULL);

  gguf = bln_gguf_open (path, error);
  if (gguf == NULL)
    return NULL;
  adapter = g_new0 (BlnAdapter, 1);
  adapter->n_references = 1;
  adapter->gguf = gguf;
  adapter->names = g_ptr_array_new_with_free_func (g_free);
  adapter->pairs = g_array_new (FALSE, TRUE, sizeof (BlnLoraPair));
  if (!read_kind (adapter, error) || !read_keys (adapter, error) || !read_pairs (adapter, error))
    return NULL;
  adapter->info.alpha = adapter->alpha;

  return g_steal_pointer (&adapter);
}

BlnAdapter *
bln_adapter_ref (BlnAdapter *adapter)
{
  g_atomic_int_inc (&adapter->n_references);
  return adapter;
}

void
bln_adapter_unref (BlnAdapter *adapter)
{
  if (adapter == NULL || !g_atomic_int_dec_and_test (&adapter->n_references))
    return;
  g_free ((char *) adapter->info.name);
  g_free ((char *) adapter->info.architecture);
  g_free ((char *) adapter->info.base_name);
  g_array_unref (adapter->pairs);
  g_ptr_array_unref (adapter->names);
  bln_gguf_free (adapter->gguf);
  g_free (adapter);
}

const BlnAdapterInfo *
bln_adapter_get_info (BlnAdapter *adapter)
{
  return &adapter->info;
}

const char *
bln_adapter_get_path (BlnAdapter *adapter)
{
  return bln_gguf_get_path (adapter->gguf);
}

BlnGguf *
bln_adapter_get_gguf (BlnAdapter *adapter)
{
  return adapter->gguf;
}

guint
bln_adapter_get_n_pairs (BlnAdapter *adapter)
{
  return adapter->pairs->len;
}

const BlnLoraPair *
bln_adapter_get_pair (BlnAdapter *adapter,
                      guint       index)
{
  return &g_array_index (adapter->pairs, BlnLoraPair, index);
}
