#include "model-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

char *
baleen_model_words_count (guint64 n_parameters)
{
  const double billions = n_parameters / 1e9;

  if (billions >= 100)
    return g_strdup_printf (_("%.0f B"), billions);
  if (billions >= 0.95)
    return g_strdup_printf (_("%.1f B"), billions);

  return g_strdup_printf (_("%.0f M"), MAX (n_parameters / 1e6, 1));
}

/* What the name of a quantization says: “Q4_K_M” and “IQ4_XS” are four bits. */
static guint
find_bits (const char *quantization)
{
  const char *digit = strpbrk (quantization, "0123456789");

  if (g_str_equal (quantization, "F32"))
    return 32;
  if (g_str_has_suffix (quantization, "F16"))
    return 16;

  return digit != NULL ? g_ascii_digit_value (*digit) : 0;
}

static void
append_bits (GString    *words,
             const char *quantization)
{
  const guint n_bits = quantization != NULL ? find_bits (quantization) : 0;

  if (n_bits == 0)
    return;
  g_string_append (words, _(", "));
  /* Translators: how many bits a weight takes, “4-bit”. */
  g_string_append_printf (words, _("%u-bit"), n_bits);
}

static void
append_counts (GString *words,
               guint64  n_parameters,
               guint64  n_active)
{
  g_autofree char *all = baleen_model_words_count (n_parameters);
  g_autofree char *active = baleen_model_words_count (n_active);

  g_string_append_printf (words, _("%s parameters"), all);
  if (n_active > 0 && n_active < n_parameters / 2)
    {
      g_string_append (words, _(", "));
      g_string_append_printf (words, _("%s active"), active);
    }
}

char *
baleen_model_words_size (BaleenModelItem *item)
{
  const BaleenModelDescription *description = baleen_model_item_get_description (item);
  const BaleenCatalogueEntry *entry = baleen_model_item_get_entry (item);
  const BaleenCatalogueFile *file = baleen_model_item_get_file (item);
  const guint64 n_bytes = baleen_model_item_get_n_bytes (item);
  GString *words = g_string_new (NULL);

  if (baleen_model_item_get_kind (item) == BALEEN_MODEL_ENDPOINT)
    {
      g_string_append (words, baleen_model_item_get_server_model (item));
      return g_string_free (words, FALSE);
    }
  if (description != NULL)
    {
      append_counts (words, description->n_parameters, description->n_active_parameters);
      append_bits (words, description->quantization);
    }
  else if (entry != NULL && entry->shape.n_parameters > 0)
    {
      append_counts (words, entry->shape.n_parameters, entry->shape.n_active_parameters);
      append_bits (words, file != NULL ? file->quantization : NULL);
    }
  if (n_bytes > 0)
    {
      g_autofree char *size = g_format_size (n_bytes);

      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", size);
    }
  if (baleen_model_item_get_adapter (item) != NULL)
    g_string_append_printf (words, " · + %s", baleen_model_item_get_adapter (item));

  return g_string_free (words, FALSE);
}

char *
baleen_model_words_place (BaleenModelItem *item)
{
  return baleen_model_item_get_host (item) != NULL
             ? g_strdup_printf ("⇄ %s", baleen_model_item_get_host (item))
             : g_strdup (_("This Computer"));
}

const char *
baleen_model_words_icon (BaleenModelItem *item)
{
  const BaleenFit *fit = baleen_model_item_get_fit (item);

  if (baleen_model_item_get_kind (item) == BALEEN_MODEL_ENDPOINT)
    return "network-server-symbolic";
  if (baleen_model_item_get_problem (item) != NULL)
    return "dialog-warning-symbolic";
  if (fit == NULL)
    return NULL;

  return fit->verdict == BALEEN_FIT_NOWHERE ? "dialog-warning-symbolic" : "computer-symbolic";
}

char *
baleen_model_words_context (guint n_tokens)
{
  return n_tokens >= 1024 ? g_strdup_printf ("%.0fK", floor (n_tokens / 1024.0))
                          : g_strdup_printf ("%u", n_tokens);
}

/* ---- downloads -------------------------------------------------------------------------- */

char *
baleen_model_words_left (double seconds)
{
  const guint minutes = (guint) ceil (seconds / 60);

  if (seconds < 55)
    return g_strdup_printf (_("%u s left"), (guint) MAX (ceil (seconds / 5) * 5, 5));
  if (minutes < 60)
    return g_strdup_printf (_("%u min left"), minutes);

  return g_strdup_printf (_("%u h %u min left"), minutes / 60, minutes % 60);
}

static char *
say_amount (BaleenModelDownload *download)
{
  const guint64 n_total = baleen_model_download_get_n_total (download);
  g_autofree char *done = g_format_size (baleen_model_download_get_n_done (download));
  g_autofree char *total = g_format_size (n_total);

  return n_total > 0 ? g_strdup_printf (_("%s of %s"), done, total)
                     : g_steal_pointer (&done);
}

static char *
say_speed (BaleenModelDownload *download)
{
  const guint64 n_total = baleen_model_download_get_n_total (download);
  const guint64 n_done = baleen_model_download_get_n_done (download);
  const double speed = baleen_model_download_get_speed (download);
  g_autofree char *amount = say_amount (download);
  g_autofree char *rate = g_format_size ((guint64) speed);
  g_autofree char *left = NULL;

  if (speed < 1)
    return g_steal_pointer (&amount);
  if (n_total <= n_done)
    return g_strdup_printf (_("%s · %s/s"), amount, rate);
  left = baleen_model_words_left ((n_total - n_done) / speed);

  return g_strdup_printf (_("%s · %s/s · %s"), amount, rate, left);
}

static char *
say_fetching (BaleenModelDownload *download)
{
  g_autofree char *speed = say_speed (download);

  /* Translators: how far and how fast, then the host that it is read from. */
  return g_strdup_printf (_("%s · from %s"), speed, baleen_model_download_get_site (download));
}

char *
baleen_model_words_download (BaleenModelDownload *download)
{
  g_autofree char *amount = say_amount (download);

  switch (baleen_model_download_get_state (download))
    {
    case BALEEN_MODEL_DOWNLOAD_QUEUED:
      return g_strdup_printf (_("Waiting · %s"), amount);
    case BALEEN_MODEL_DOWNLOAD_CUT:
      return g_strdup_printf (_("%s · the connection to %s was cut, trying again"), amount,
                              baleen_model_download_get_site (download));
    case BALEEN_MODEL_DOWNLOAD_CHECKING:
      return g_strdup (_("Checking the file"));
    case BALEEN_MODEL_DOWNLOAD_PAUSED:
      return g_strdup_printf (_("Paused · %s"), amount);
    case BALEEN_MODEL_DOWNLOAD_FAILED:
      return g_strdup (baleen_model_download_get_sentence (download));
    case BALEEN_MODEL_DOWNLOAD_DONE:
      return g_strdup_printf (_("Done · %s"), amount);
    case BALEEN_MODEL_DOWNLOAD_FETCHING:
    default:
      return say_fetching (download);
    }
}
