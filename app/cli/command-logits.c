#include "command.h"

#include "interrupt.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>

static char *tokens_text, *chunk_text;
static gboolean each;

static const GOptionEntry entries[] = {
  { "tokens", 0, 0, G_OPTION_ARG_STRING, &tokens_text,
    N_("What the model is given: ids with commas between"), N_("1,2,3") },
  { "each", 0, 0, G_OPTION_ARG_NONE, &each, N_("A line for each position, not the last alone"),
    NULL },
  { "chunk", 0, 0, G_OPTION_ARG_STRING, &chunk_text, N_("Run so many tokens at a time"),
    N_("N") },
  { NULL }
};

typedef struct
{
  guint32 n_vocabulary;
  GString *line; /* (owned) scratch */
  gboolean is_document; /* the rows are elements of one array */
  gboolean has_rows;
} Printer;

static void
print_row_cb (gsize        position,
              const float *logits,
              gpointer     user_data)
{
  Printer *printer = user_data;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_assign (printer->line, printer->is_document && printer->has_rows ? ",[" : "[");
  printer->has_rows = TRUE;
  for (guint32 i = 0; i < printer->n_vocabulary; i++)
    {
      if (i > 0)
        g_string_append_c (printer->line, ',');
      g_string_append (printer->line,
                       g_ascii_formatd (number, sizeof number, "%.9g", logits[i]));
    }
  g_string_append (printer->line, "]\n");
  baleen_output_write (printer->line->str, printer->line->len);
}

/* Lets the session see the tokens in chunks, each in as many passes as it takes. */
static gboolean
run_chunks (BlnEngine    *engine,
            BlnSession   *session,
            const gint32 *tokens,
            gsize         n_tokens,
            gsize         chunk,
            GError      **error)
{
  for (gsize n_given = 0; n_given < n_tokens;)
    {
      n_given = MIN (n_given + chunk, n_tokens);
      if (!bln_session_sync (session, tokens, n_given, NULL, error))
        return FALSE;
      while (bln_session_get_pending (session) > 0)
        if (!bln_engine_step (engine, &session, 1, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
print_logits (BlnEngine    *engine,
              const GArray *tokens,
              gsize         chunk,
              gboolean      as_json,
              GError      **error)
{
  g_autoptr (BlnSession) session = bln_session_new (engine, error);
  Printer printer = { .is_document = as_json && each };
  gboolean is_done;

  if (session == NULL)
    return FALSE;

  printer.n_vocabulary = bln_model_get_info (bln_engine_get_model (engine))->n_vocabulary;
  printer.line = g_string_new (NULL);
  if (printer.is_document)
    baleen_output_write ("[", 1);
  if (each)
    bln_session_set_logits_func (session, print_row_cb, &printer);
  is_done = run_chunks (engine, session, (const gint32 *) tokens->data, tokens->len, chunk,
                        error);
  if (is_done && !each)
    print_row_cb (tokens->len - 1, bln_session_get_logits (session), &printer);
  if (is_done && printer.is_document)
    baleen_output_write ("]\n", 2);
  g_string_free (printer.line, TRUE);

  return is_done;
}

static GArray *
parse_tokens (GError **error)
{
  g_autoptr (GArray) numbers = baleen_parse_counts ("--tokens", tokens_text, 0, G_MAXINT32, error);
  GArray *tokens;

  if (numbers == NULL)
    return NULL;

  tokens = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; i < numbers->len; i++)
    {
      gint32 token = g_array_index (numbers, guint64, i);

      g_array_append_val (tokens, token);
    }

  return tokens;
}

static BaleenExit
run_model (const BaleenOptions *options,
           const GArray        *tokens,
           gsize                chunk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnModel) model = NULL;
  BlnEngine *engine = NULL;
  gboolean is_done;

  baleen_interrupt_begin ();
  model = baleen_open_model (options, &error);
  if (model != NULL)
    engine = baleen_open_engine (options, model, tokens->len, 1, &error);
  is_done = engine != NULL && print_logits (engine, tokens, chunk, options->json, &error);
  if (engine != NULL)
    baleen_close_engine (engine);

  if (is_done)
    return BALEEN_EXIT_DONE;
  return baleen_interrupt_is_raised () ? BALEEN_EXIT_STOPPED : baleen_complain_of (error);
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tokens = NULL;
  guint64 chunk = G_MAXINT32;

  if (tokens_text == NULL || arguments[0] != NULL)
    return baleen_wrong_use (command->name,
                             _("“logits” takes token ids, as --tokens 1,2,3, and nothing else."));
  tokens = parse_tokens (&error);
  if (tokens == NULL
      || (chunk_text != NULL
          && !baleen_parse_count ("--chunk", chunk_text, 1, G_MAXINT32, &chunk, &error)))
    return baleen_wrong_use (command->name, "%s", error->message);

  return run_model (options, tokens, chunk);
}

const BaleenCommand baleen_command_logits = {
  .name = "logits",
  .arguments = "--tokens 1,2,3",
  .summary = N_("what the model gives each token to come next, as JSON arrays"),
  .uses = BALEEN_USES_RUNS,
  .entries = entries,
  .run = run,
};
