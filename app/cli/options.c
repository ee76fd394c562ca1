#include "options.h"

#include "command.h"
#include "output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_THREADS 1024
#define MAX_CONTEXT (1 << 24)

/* The program parses its options once, so their variables are the program's. */
static char *model, *adapter, *device, *threads, *context, *kv, *seed, *max_tokens;
static char *temperature, *top_p, *top_k, *min_p;
static gboolean think, no_think, json, help;

static const struct
{
  BaleenUses uses; /* by whom it is shown: who has one of these; 0: by all */
  GOptionEntry entry;
} common_entries[] = {
  { BALEEN_USES_MODEL,
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model,
      N_("Model: a GGUF file or a name in the library"), N_("F") } },
  { BALEEN_USES_ENGINE,
    { "adapter", 0, 0, G_OPTION_ARG_FILENAME, &adapter,
      N_("LoRA adapter beside the model: a GGUF file"), N_("F") } },
  { BALEEN_USES_ENGINE,
    { "device", 0, 0, G_OPTION_ARG_STRING, &device, N_("auto, cpu, vulkan or vulkan:N"),
      N_("D") } },
  { BALEEN_USES_ENGINE,
    { "threads", 't', 0, G_OPTION_ARG_STRING, &threads, N_("Processor threads"), N_("N") } },
  { BALEEN_USES_CONTEXT,
    { "context", 'c', 0, G_OPTION_ARG_STRING, &context,
      N_("Tokens that prompt and answer may have"), N_("N") } },
  { BALEEN_USES_ENGINE,
    { "kv", 0, 0, G_OPTION_ARG_STRING, &kv,
      N_("What earlier tokens are kept in: f16, or q8_0, which takes half the memory and is less "
         "exact"), N_("TYPE") } },
  { BALEEN_USES_SAMPLING,
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed,
      N_("The same number gives the same answer"), N_("N") } },
  { BALEEN_USES_SAMPLING,
    { "temperature", 0, 0, G_OPTION_ARG_STRING, &temperature,
      N_("Variety; 0 always takes the likeliest token"), N_("T") } },
  { BALEEN_USES_SAMPLING,
    { "top-p", 0, 0, G_OPTION_ARG_STRING, &top_p,
      N_("Draw from the likeliest tokens that have this share together"), N_("P") } },
  { BALEEN_USES_SAMPLING,
    { "top-k", 0, 0, G_OPTION_ARG_STRING, &top_k,
      N_("Draw from this many of the likeliest tokens; 0 is all"), N_("K") } },
  { BALEEN_USES_SAMPLING,
    { "min-p", 0, 0, G_OPTION_ARG_STRING, &min_p,
      N_("Leave out tokens below this share of the likeliest"), N_("P") } },
  { BALEEN_USES_SAMPLING,
    { "max-tokens", 'n', 0, G_OPTION_ARG_STRING, &max_tokens,
      N_("Longest answer, thoughts included"), N_("N") } },
  { BALEEN_USES_SAMPLING,
    { "think", 0, 0, G_OPTION_ARG_NONE, &think, N_("Think before answering"), NULL } },
  { BALEEN_USES_SAMPLING,
    { "no-think", 0, 0, G_OPTION_ARG_NONE, &no_think, N_("Answer at once"), NULL } },
  { 0, { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON document"), NULL } },
  { 0, { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Print this and end"), NULL } },
};

int
baleen_wrong_use (const char *command,
                  const char *format,
                  ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (command == NULL)
    baleen_complain (_("%s See “baleen --help”."), sentence);
  else
    baleen_complain (_("%s See “baleen %s --help”."), sentence, command);

  return BALEEN_EXIT_WRONG_USE;
}

gboolean
baleen_parse_count (const char *option,
                    const char *text,
                    guint64     least,
                    guint64     most,
                    guint64    *value,
                    GError    **error)
{
  if (g_ascii_string_to_unsigned (text, 10, least, most, value, NULL))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("“%s” is nothing for %s: it takes a whole number from %llu to %llu."),
               text, option, (unsigned long long) least, (unsigned long long) most);
  return FALSE;
}

/* A number that may have a fraction, always written with a point. */
static gboolean
parse_fraction (const char *option,
                const char *text,
                double      least,
                double      most,
                double     *value,
                GError    **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  if (end != text && *end == '\0' && isfinite (number) && number >= least && number <= most)
    {
      *value = number;
      return TRUE;
    }

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("“%s” is nothing for %s: it takes a number from %g to %g."),
               text, option, least, most);
  return FALSE;
}

GArray *
baleen_parse_counts (const char *option,
                     const char *text,
                     guint64     least,
                     guint64     most,
                     GError    **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_auto (GStrv) pieces = g_strsplit (text, ",", -1);

  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      guint64 value;

      if (!baleen_parse_count (option, g_strstrip (pieces[i]), least, most, &value, error))
        return NULL;
      g_array_append_val (values, value);
    }
  if (values->len == 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("%s takes whole numbers with commas between."), option);
      return NULL;
    }

  return g_steal_pointer (&values);
}

static gboolean
is_device (const char *text)
{
  guint64 index;

  if (g_str_equal (text, "auto") || g_str_equal (text, "cpu") || g_str_equal (text, "vulkan"))
    return TRUE;

  return g_str_has_prefix (text, "vulkan:")
         && g_ascii_string_to_unsigned (text + strlen ("vulkan:"), 10, 0, 255, &index, NULL);
}

static gboolean
take_guint (const char *option,
            const char *text,
            guint       most,
            guint      *value,
            GError    **error)
{
  guint64 number = 0;

  if (text != NULL && !baleen_parse_count (option, text, 1, most, &number, error))
    return FALSE;

  *value = number;
  return TRUE;
}

static gboolean
take_float (const char *option,
            const char *text,
            double      most,
            float      *value,
            GError    **error)
{
  double number = 0;

  if (text != NULL && !parse_fraction (option, text, 0, most, &number, error))
    return FALSE;

  *value = number;
  return TRUE;
}

static gboolean
take_sampling (BaleenOptions *options,
               GError       **error)
{
  BlnSampling *sampling = &options->sampling;
  guint64 number = 0;

  if (!take_float ("--temperature", temperature, 100, &sampling->temperature, error)
      || !take_float ("--top-p", top_p, 1, &sampling->top_p, error)
      || !take_float ("--min-p", min_p, 1, &sampling->min_p, error))
    return FALSE;
  if (top_k != NULL && !baleen_parse_count ("--top-k", top_k, 0, G_MAXINT32, &number, error))
    return FALSE;
  sampling->top_k = number;
  if (seed != NULL
      && !baleen_parse_count ("--seed", seed, 0, G_MAXUINT64, &sampling->seed, error))
    return FALSE;

  options->seed_text = seed;
  options->temperature_text = temperature;
  options->top_p_text = top_p;
  options->top_k_text = top_k;
  options->min_p_text = min_p;
  return TRUE;
}

static gboolean
take_kv_type (BaleenOptions *options,
              GError       **error)
{
  if (kv == NULL)
    return TRUE;
  if (g_str_equal (kv, "f16"))
    options->kv_type = BLN_KV_F16;
  else if (g_str_equal (kv, "q8_0"))
    options->kv_type = BLN_KV_Q8_0;
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is nothing for %s: it takes f16 or q8_0."), kv, "--kv");
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_common (BaleenOptions *options,
             GError       **error)
{
  memset (options, 0, sizeof *options);
  options->model = model;
  options->adapter = adapter;
  options->device = device != NULL ? device : "auto";
  options->json = json;
  options->think = think ? BLN_THINK_ON : no_think ? BLN_THINK_OFF : BLN_THINK_MODEL;

  if (think && no_think)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("Give either --think or --no-think."));
      return FALSE;
    }
  if (!is_device (options->device))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is no device: --device takes auto, cpu, vulkan or vulkan:N."),
                   options->device);
      return FALSE;
    }

  return take_guint ("--threads", threads, MAX_THREADS, &options->n_threads, error)
         && take_guint ("--context", context, MAX_CONTEXT, &options->n_context, error)
         && take_kv_type (options, error)
         && take_guint ("--max-tokens", max_tokens, MAX_CONTEXT, &options->max_tokens, error)
         && take_sampling (options, error);
}

static void
add_common_entries (GOptionContext *option_context,
                    BaleenUses      uses)
{
  GOptionEntry entries[G_N_ELEMENTS (common_entries) + 1] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (common_entries); i++)
    {
      entries[i] = common_entries[i].entry;
      if (common_entries[i].uses != 0 && (common_entries[i].uses & uses) == 0)
        entries[i].flags |= G_OPTION_FLAG_HIDDEN;
    }
  g_option_context_add_main_entries (option_context, entries, GETTEXT_PACKAGE);
}

static GOptionContext *
create_context (const BaleenCommand *command)
{
  GOptionContext *context_ = g_option_context_new (command->arguments);

  g_option_context_set_help_enabled (context_, FALSE);
  g_option_context_set_translation_domain (context_, GETTEXT_PACKAGE);
  g_option_context_set_summary (context_, _(command->summary));
  if (command->details != NULL)
    g_option_context_set_description (context_, _(command->details));
  if (command->entries != NULL)
    g_option_context_add_main_entries (context_, command->entries, GETTEXT_PACKAGE);
  add_common_entries (context_, command->uses);

  return context_;
}

/* GLib heads its usage line with the program's name; ours has two words. */
static void
print_help (GOptionContext      *option_context,
            const BaleenCommand *command)
{
  g_autofree char *program = g_strdup_printf ("baleen %s", command->name);
  g_autofree char *text = NULL;

  g_set_prgname (program);
  text = g_option_context_get_help (option_context, TRUE, NULL);
  baleen_output_write (text, -1);
}

/* GLib's messages are half sentences of their own. */
static char *
dup_sentence (const char *message)
{
  return g_str_has_suffix (message, ".") || g_str_has_suffix (message, "。")
             ? g_strdup (message)
             : g_strconcat (message, ".", NULL);
}

static void
drop_double_dash (char **argv)
{
  for (gsize i = 1; argv[i] != NULL; i++)
    if (g_str_equal (argv[i], "--"))
      {
        memmove (argv + i, argv + i + 1, g_strv_length (argv + i) * sizeof *argv);
        return;
      }
}

gboolean
baleen_options_parse (BaleenOptions       *options,
                      const BaleenCommand *command,
                      char              ***argv,
                      int                 *status)
{
  g_autoptr (GOptionContext) option_context = create_context (command);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (option_context, argv, &error)
      || (!help && !take_common (options, &error)))
    {
      g_autofree char *sentence = dup_sentence (error->message);

      *status = baleen_wrong_use (command->name, "%s", sentence);
      return FALSE;
    }
  if (help)
    {
      print_help (option_context, command);
      *status = BALEEN_EXIT_DONE;
      return FALSE;
    }

  drop_double_dash (*argv);
  return TRUE;
}

BlnSampling
baleen_options_get_sampling (const BaleenOptions *options,
                             BlnModel            *bln_model)
{
  BlnSampling sampling = bln_model_get_info (bln_model)->sampling;

  if (options->temperature_text != NULL)
    sampling.temperature = options->sampling.temperature;
  if (options->top_p_text != NULL)
    sampling.top_p = options->sampling.top_p;
  if (options->top_k_text != NULL)
    sampling.top_k = options->sampling.top_k;
  if (options->min_p_text != NULL)
    sampling.min_p = options->sampling.min_p;
  if (options->seed_text != NULL)
    sampling.seed = options->sampling.seed;
  else
    sampling.seed = ((guint64) g_random_int () << 32) | g_random_int ();

  return sampling;
}
