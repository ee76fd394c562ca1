/* What reading parts of a document side by side is worth, on any device.
 *
 * The same document is summarized from nothing with so many parts at once, by the document method
 * itself (documents/summarizer.h) on one loaded engine; nothing is kept between the rows. The
 * document is written here, in memory, so no file is read and nothing is needed beside the model:
 * no window, no display, no sandbox, no settings. A part is counted once, whatever was read again,
 * put together and written for it.
 *
 *   parts/min      by the clock
 *   parts/cpu min  by one core's time, which other work on the machine changes less
 *   same           whether claims, text and coverage are those of the first row, to the byte
 *
 * Times are only good for comparing what ran in one go. */
#include "batch-completer.h"
#include "summarizer.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MOST_AT_ONCE 8
/* As much as the terminal's summaries give a model. */
#define CONTEXT 16384
#define PARAGRAPHS 4
#define SENTENCES 6

static char *model_path, *device = "cpu", *at_once = "1,4,8";
static int n_chapters = 16, n_threads, n_context = CONTEXT, n_part, seed = 1;

static const GOptionEntry entries[] = {
  { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path, "A GGUF file", "F" },
  { "device", 0, 0, G_OPTION_ARG_STRING, &device, "auto, cpu, vulkan or vulkan:N; cpu without it",
    "D" },
  { "threads", 't', 0, G_OPTION_ARG_INT, &n_threads, "Processor threads", "N" },
  { "context", 'c', 0, G_OPTION_ARG_INT, &n_context,
    "Tokens of a prompt and its answer; 16384 without it", "N" },
  { "at-once", 0, 0, G_OPTION_ARG_STRING, &at_once, "How many parts side by side; 1,4,8 without it",
    "N,…" },
  { "chapters", 0, 0, G_OPTION_ARG_INT, &n_chapters,
    "The document's length, some 250 words a chapter; 16 without it", "N" },
  { "part", 0, 0, G_OPTION_ARG_INT, &n_part,
    "Tokens of text in a part; what suits the model without it", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Another document", "N" },
  { NULL }
};

static void
die (GError *error)
{
  fprintf (stderr, "bench-batching: %s\n", error->message);
  exit (1);
}

/* ---- the document ---------------------------------------------------------------------- */

static const char *const who[] = { "The harbour master", "A young teacher", "The baker's wife",
                                   "An old fisherman", "The postmaster", "The lighthouse keeper",
                                   "The council", "A travelling painter" };
static const char *const did[] = { "walked along the shore", "spoke about the weather",
                                   "waited for the evening ferry", "mended the nets",
                                   "looked after the garden", "read the newspaper aloud",
                                   "counted the gulls", "drank tea by the window" };
static const char *const why[] = { "because the wind had turned", "although nobody had asked",
                                   "while the others were asleep", "before the shop opened",
                                   "until the rain stopped", "when the bells began to ring" };
static const char *const facts[] = {
  "The lighthouse of Varnholt was sold to Clara Brandt for %d crowns.",
  "Captain Oskarsen measured a depth of %d metres below the chapel.",
  "Doctor Helmine Lund founded a hospital with %d beds near the salt works.",
  "Inspector Dunmore found %d silver coins under the old brewery.",
  "The parish archive holds %d letters written by Bishop Sverre.",
  "The glass factory in Ostmark employed %d workers.",
};

#define PICK(random, list) list[g_rand_int_range (random, 0, G_N_ELEMENTS (list))]

/* A fact stands in the middle of each paragraph, so that no part is without one. */
static void
add_paragraph (BaleenDocument *document,
               guint           page,
               GRand          *random)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < SENTENCES; i++)
    if (i == SENTENCES / 2)
      {
        g_autofree char *number = g_strdup_printf ("%d", g_rand_int_range (random, 21, 990));
        g_auto (GStrv) halves = g_strsplit (PICK (random, facts), "%d", 2);

        g_string_append_printf (text, "%s%s%s ", halves[0], number, halves[1]);
      }
    else
      g_string_append_printf (text, "%s %s %s. ", PICK (random, who), PICK (random, did),
                              PICK (random, why));
  baleen_document_add (document, page, BALEEN_PARAGRAPH_BODY, text->str, text->len - 1);
}

static BaleenDocument *
write_document (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_TEXT);

  document->n_pages = n_chapters;
  for (int chapter = 1; chapter <= n_chapters; chapter++)
    {
      g_autofree char *heading = g_strdup_printf ("Chapter %d. Life at the harbour", chapter);

      baleen_document_add (document, chapter, BALEEN_PARAGRAPH_HEADING, heading, strlen (heading));
      for (guint i = 0; i < PARAGRAPHS; i++)
        add_paragraph (document, chapter, random);
    }

  return document;
}

/* ---- a row ----------------------------------------------------------------------------- */

static double
processor_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
         + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static BaleenSummary *
summarize (BlnEngine      *engine,
           BaleenDocument *document,
           guint           n_parallel)
{
  const BaleenSummaryOptions options = { .length = BALEEN_SUMMARY_DETAILED, .seed = 1,
                                         .temperature = 0.3 };
  BaleenCompleter *completer = baleen_batch_completer_new_for_engine (engine, n_parallel);
  BaleenSummary *summary;
  GError *error = NULL;

  if (n_part > 0)
    completer->n_part = n_part;
  summary = baleen_summarizer_run (document, &options, completer, NULL, NULL, NULL, &error);
  if (summary == NULL)
    die (error);
  baleen_batch_completer_free (completer);

  return summary;
}

/* All that was found, as one text. */
static char *
describe (const BaleenSummary *summary)
{
  GString *text = g_string_new (summary->text);

  for (guint i = 0; i < summary->claims->len; i++)
    {
      const BaleenClaim *claim = g_ptr_array_index (summary->claims, i);

      g_string_append_printf (text, "\n%d %s", claim->is_verified, claim->text);
    }
  for (guint i = 0; i < summary->coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (summary->coverage, BaleenCoverage, i);

      g_string_append_printf (text, "\n%d %u", part->status, part->n_claims);
    }

  return g_string_free (text, FALSE);
}

static void
run_row (BlnEngine      *engine,
         BaleenDocument *document,
         guint           n_parallel,
         char          **first)
{
  double cpu = processor_seconds (), minutes;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (BaleenSummary) summary = summarize (engine, document, n_parallel);
  g_autofree char *found = describe (summary);
  guint n_parts = summary->coverage->len, n_failed = 0, n_tokens = 0;

  minutes = (g_get_monotonic_time () - start) / 6e7;
  cpu = (processor_seconds () - cpu) / 60;
  for (guint i = 0; i < n_parts; i++)
    n_failed += g_array_index (summary->coverage, BaleenCoverage, i).status != BALEEN_COVERAGE_READ;
  for (guint i = 0; i < summary->calls->len; i++)
    n_tokens += g_array_index (summary->calls, BaleenLedgerCall, i).n_prompt
                + g_array_index (summary->calls, BaleenLedgerCall, i).n_answer;
  if (*first == NULL)
    *first = g_strdup (found);
  printf ("%7u %5u %6u %5u %8u %7.1f %9.1f %13.1f %s\n", n_parallel, n_parts, n_failed,
          summary->calls->len, n_tokens, minutes * 60, n_parts / minutes, n_parts / cpu,
          g_str_equal (found, *first) ? "yes" : "no");
  fflush (stdout);
}

/* Weights are prepared, and pipelines built, at first use: neither belongs to a row. */
static void
warm_up (BlnEngine *engine)
{
  g_autoptr (BaleenDocument) one = baleen_document_new (BALEEN_DOCUMENT_TEXT);
  g_autoptr (GRand) random = g_rand_new_with_seed (0);
  BaleenSummary *summary;

  add_paragraph (one, 1, random);
  summary = summarize (engine, one, 1);
  baleen_summary_free (summary);
}

static void
run (BlnEngine *engine)
{
  g_auto (GStrv) numbers = g_strsplit (at_once, ",", -1);
  g_autoptr (BaleenDocument) document = write_document ();
  g_autofree char *first = NULL;

  warm_up (engine);
  printf ("%7s %5s %6s %5s %8s %7s %9s %13s %s\n", "at once", "parts", "failed", "calls", "tokens",
          "seconds", "parts/min", "parts/cpu min", "same");
  for (guint i = 0; numbers[i] != NULL; i++)
    run_row (engine, document, CLAMP (atoi (numbers[i]), 1, MOST_AT_ONCE), &first);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- what parts side by side are worth");
  g_autoptr (BlnModel) model = NULL;
  BlnEngineOptions options;
  BlnEngine *engine;
  GError *error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    die (error);
  if (model_path == NULL || argc > 1)
    {
      fprintf (stderr, "bench-batching: --model F is needed, and nothing but options.\n");
      return 2;
    }
  model = bln_model_open (model_path, &error);
  if (model == NULL)
    die (error);
  options = (BlnEngineOptions) {
    .device = device,
    .n_threads = n_threads,
    .n_sessions = 1 + MOST_AT_ONCE,
    .n_context = MIN ((guint) n_context, bln_model_get_info (model)->n_context),
  };
  engine = bln_engine_new (model, &options, &error);
  if (engine == NULL)
    die (error);
  printf ("%s, %s\n", bln_model_get_info (model)->name, bln_engine_get_plan (engine)->device);
  fflush (stdout);
  run (engine);
  bln_engine_free (engine);

  return 0;
}
