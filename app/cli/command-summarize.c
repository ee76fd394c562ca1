#include "command.h"

#include "batch-completer.h"
#include "endpoint.h"
#include "extractor.h"
#include "interrupt.h"
#include "json-writing.h"
#include "opening.h"
#include "output.h"
#include "summary-words.h"

#include <glib/gi18n.h>

/* Parts are at most 6,000 tokens, whatever the model could hold. */
#define MOST_CONTEXT 16384

static char *length_text, *form_text, *language, *parallel_text;

static const GOptionEntry entries[] = {
  { "length", 0, 0, G_OPTION_ARG_STRING, &length_text,
    N_("How much to say: short, normal or detailed; normal without it"), N_("LENGTH") },
  { "form", 0, 0, G_OPTION_ARG_STRING, &form_text,
    N_("prose, bullets, table, qa or timeline; prose without it"), N_("FORM") },
  { "lang", 0, 0, G_OPTION_ARG_STRING, &language,
    N_("The language to write in, “en”, “zh”, …; that of the document without it"), N_("L") },
  { "parts-at-once", 0, 0, G_OPTION_ARG_STRING, &parallel_text,
    N_("How many parts the model reads side by side; as many as fit, at most 8, without it"),
    N_("N") },
  { NULL }
};

static void
add_claim (JsonBuilder         *builder,
           const BaleenSummary *summary,
           const BaleenClaim   *claim)
{
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "text", claim->text);
  baleen_json_add_flag (builder, "verified", claim->is_verified);
  json_builder_set_member_name (builder, "places");
  json_builder_begin_array (builder);
  for (guint i = 0; i < claim->sentences->len; i++)
    {
      guint index = g_array_index (claim->sentences, guint, i);
      const BaleenSentence *sentence = baleen_sentences_get (summary->sentences, index);
      g_autofree char *quote = baleen_sentences_dup_text (summary->sentences, index);

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "page", sentence->page);
      baleen_json_add_text (builder, "quote", quote);
      baleen_json_add_whole (builder, "from", sentence->from);
      baleen_json_add_whole (builder, "to", sentence->to);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_coverage (JsonBuilder         *builder,
              const BaleenSummary *summary)
{
  json_builder_set_member_name (builder, "coverage");
  json_builder_begin_array (builder);
  for (guint i = 0; i < summary->coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (summary->coverage, BaleenCoverage, i);

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "segment", i + 1);
      baleen_json_add_text (builder, "status", baleen_coverage_status_to_string (part->status));
      baleen_json_add_whole (builder, "from", part->from);
      baleen_json_add_whole (builder, "to", part->to);
      baleen_json_add_whole (builder, "first_page", part->first_page);
      baleen_json_add_whole (builder, "last_page", part->last_page);
      baleen_json_add_whole (builder, "claims", part->n_claims);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_calls (JsonBuilder         *builder,
           const BaleenSummary *summary)
{
  json_builder_set_member_name (builder, "calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < summary->calls->len; i++)
    {
      const BaleenLedgerCall *call = &g_array_index (summary->calls, BaleenLedgerCall, i);

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "stage", call->stage);
      baleen_json_add_whole (builder, "prompt_tokens", call->n_prompt);
      baleen_json_add_whole (builder, "answer_tokens", call->n_answer);
      baleen_json_add_whole (builder, "budget", call->n_budget);
      baleen_json_add_whole (builder, "from", call->from);
      baleen_json_add_whole (builder, "to", call->to);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const BaleenSummary *summary,
            const char          *model_name)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "summary", summary->text);
  json_builder_set_member_name (builder, "claims");
  json_builder_begin_array (builder);
  for (guint i = 0; i < summary->claims->len; i++)
    add_claim (builder, summary, g_ptr_array_index (summary->claims, i));
  json_builder_end_array (builder);
  add_coverage (builder, summary);
  add_calls (builder, summary);
  baleen_json_add_text (builder, "model", model_name);
  baleen_json_add_whole (builder, "pages", summary->sentences->n_pages);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static void
show_progress_cb (const BaleenSummaryProgress *progress,
                  gpointer                     user_data)
{
  g_autofree char *words = baleen_summary_progress_words (progress);
  g_autofree char *parallel = baleen_summary_parallel_words (progress);

  if (parallel != NULL)
    baleen_progress ("%s · %s", words, parallel);
  else
    baleen_progress ("%s", words);
}

static void
print (const BaleenSummary *summary,
       const BaleenOptions *options,
       const char          *model_name)
{
  g_autofree char *coverage = baleen_summary_describe_coverage (summary);

  if (options->json)
    {
      print_json (summary, model_name);
      return;
    }
  baleen_output_write_foreign (summary->text, -1);
  baleen_output_flush ();
  baleen_complain ("%s", coverage);
}

static gboolean
summarize (const BaleenDocument       *document,
           const BaleenOptions        *options,
           const BaleenSummaryOptions *wanted,
           BaleenCompleter            *completer,
           const char                 *model_name,
           GError                    **error)
{
  const BaleenSummaryObserver observer = { .progress = show_progress_cb };
  g_autoptr (GError) problem = NULL;
  g_autoptr (BaleenReadingStore) store = baleen_reading_store_open (document, &problem);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  BaleenSummary *summary;

  if (store == NULL)
    baleen_complain_of (problem);
  baleen_interrupt_set_cancellable (cancellable);
  summary = baleen_summarizer_run (document, wanted, completer, store, &observer, cancellable,
                                   error);
  baleen_interrupt_set_cancellable (NULL);
  baleen_progress_clear ();
  if (summary == NULL)
    return FALSE;

  if (summary->problem != NULL)
    baleen_complain_of (summary->problem);
  print (summary, options, model_name);
  baleen_summary_free (summary);

  return TRUE;
}

/* Here, by a file. */
static gboolean
summarize_by_model (const BaleenDocument *document,
                    const BaleenOptions  *options,
                    BaleenSummaryOptions *wanted,
                    guint                 n_parallel,
                    GError              **error)
{
  g_autoptr (BlnModel) model = baleen_open_model (options, error);
  const BlnModelInfo *info = model != NULL ? bln_model_get_info (model) : NULL;
  BaleenCompleter *completer;
  BlnEngine *engine;
  gboolean is_done;

  if (model == NULL)
    return FALSE;
  wanted->temperature = baleen_options_get_sampling (options, model).temperature;
  baleen_interrupt_begin ();
  engine = baleen_open_answering_engine (options, model, MIN (info->n_context, MOST_CONTEXT),
                                         MAX (n_parallel, 1) + 1, error);
  if (engine == NULL)
    return FALSE;

  completer = baleen_batch_completer_new_for_engine (engine, n_parallel);
  if (completer->is_english_only && baleen_document_is_chinese (document))
    baleen_complain (_("%s knows English only. Choose another model with --model."), info->name);
  is_done = summarize (document, options, wanted, completer, info->name, error);
  baleen_batch_completer_free (completer);
  baleen_close_engine (engine);

  return is_done;
}

/* Elsewhere, by a server. */
static gboolean
summarize_by_endpoint (const BaleenDocument *document,
                       const BaleenOptions  *options,
                       BaleenSummaryOptions *wanted,
                       GError              **error)
{
  g_autofree char *name = NULL;
  BaleenCompleter *completer = baleen_batch_completer_new_for_backend (
      baleen_endpoint_backend_get (), options->model, &name, error);
  gboolean is_done;

  if (completer == NULL)
    return FALSE;
  completer->n_context
      = MIN (completer->n_context, options->n_context > 0 ? options->n_context : MOST_CONTEXT);
  if (options->temperature_text != NULL)
    wanted->temperature = options->sampling.temperature;
  baleen_interrupt_begin ();
  is_done = summarize (document, options, wanted, completer, name, error);
  baleen_batch_completer_free (completer);

  return is_done;
}

/* FALSE after saying what is wrong. */
static gboolean
read_own_options (BaleenSummaryOptions *wanted,
                  guint64              *n_parallel,
                  GError              **error)
{
  if (length_text != NULL && !baleen_summary_length_parse (length_text, &wanted->length))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--length is “short”, “normal” or “detailed”."));
      return FALSE;
    }
  if (form_text != NULL && !baleen_summary_form_parse (form_text, &wanted->form))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--form is “prose”, “bullets”, “table”, “qa” or “timeline”."));
      return FALSE;
    }
  wanted->language = language;
  return parallel_text == NULL
         || baleen_parse_count ("--parts-at-once", parallel_text, 1, 8, n_parallel, error);
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDocument) document = NULL;
  BaleenSummaryOptions wanted = { .length = BALEEN_SUMMARY_NORMAL };
  guint64 n_parallel = 0;
  gboolean is_done;

  if (arguments[0] == NULL || arguments[1] != NULL)
    return baleen_wrong_use (command->name, _("“summarize” takes one file."));
  if (!read_own_options (&wanted, &n_parallel, &error))
    return baleen_wrong_use (command->name, "%s", error->message);
  /* Until something is there that could be kept, a signal ends the program at once. */
  document = extractor_read (arguments[0], NULL, &error);
  if (document == NULL)
    return baleen_complain_of (error);

  wanted.seed = options->seed_text != NULL ? options->sampling.seed : 0;
  is_done = baleen_endpoint_is_name (options->model)
                ? summarize_by_endpoint (document, options, &wanted, &error)
                : summarize_by_model (document, options, &wanted, n_parallel, &error);
  baleen_reading_cache_trim (BALEEN_READING_CACHE_MOST);
  if (is_done)
    return BALEEN_EXIT_DONE;
  if (!baleen_interrupt_is_raised ())
    return baleen_complain_of (error);

  baleen_complain (_("Stopped. The same command goes on from here."));
  return BALEEN_EXIT_STOPPED;
}

const BaleenCommand baleen_command_summarize = {
  .name = "summarize",
  .arguments = "FILE",
  .summary = N_("a document read in full, every claim with its place"),
  .uses = BALEEN_USES_ANSWERS,
  .entries = entries,
  .details = N_("  A document that is longer than the model can hold is read in parts. What is read\n"
                "  is kept in the cache folder: after an interruption the same command goes on\n"
                "  where it was, and ends as it would have."),
  .run = run,
};
