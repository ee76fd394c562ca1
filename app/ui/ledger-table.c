#include "ledger-table.h"

#include <glib/gi18n.h>

const char *
ledger_column_title (LedgerColumn column)
{
  const char *const titles[] = { _("Call"),   _("Pages"), _("Prompt"), _("Answer"),
                                 _("Budget"), _("Share"), _("Result") };

  return titles[column];
}

gboolean
ledger_column_is_number (LedgerColumn column)
{
  return column >= LEDGER_PROMPT && column <= LEDGER_SHARE;
}

/* Takes the strings; NULL stands for an empty cell. */
static void
add_row (GPtrArray  *table,
         char *const cells[LEDGER_N_COLUMNS])
{
  char **row = g_new0 (char *, LEDGER_N_COLUMNS + 1);

  for (guint i = 0; i < LEDGER_N_COLUMNS; i++)
    row[i] = cells[i] != NULL ? cells[i] : g_strdup ("");
  g_ptr_array_add (table, row);
}

static char *
say_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

/* ---- a summary's calls ---------------------------------------------------------------- */

static const char *
get_stage_words (const char *stage)
{
  if (g_strcmp0 (stage, "read") == 0)
    return C_ ("ledger", "Read");
  if (g_strcmp0 (stage, "again") == 0)
    return C_ ("ledger", "Read again");
  if (g_strcmp0 (stage, "merge") == 0)
    return C_ ("ledger", "Put together");
  return C_ ("ledger", "Write");
}

static char *
say_pages (guint n_pages,
           guint first,
           guint last)
{
  if (n_pages <= 1)
    return g_strdup ("");
  return first == last ? g_strdup_printf ("%u", first) : g_strdup_printf ("%u–%u", first, last);
}

static char *
say_share (gsize part,
           gsize whole)
{
  const double share = whole > 0 ? 100.0 * part / whole : 0;

  return share < 9.95 && share > 0 ? g_strdup_printf ("%.1f%%", share)
                                   : g_strdup_printf ("%.0f%%", share);
}

static const char *
get_result_words (const BaleenLedgerCall *call)
{
  if (call->is_failed)
    return _("failed");
  if (call->n_answer == 0)
    return C_ ("ledger", "gave nothing");
  return call->was_kept ? _("from the cache") : _("done");
}

/* How much of the document was in some call that came to something, by the parts' own word. */
static gsize
count_read (const BaleenSummaryRecord *record)
{
  gsize n = 0;

  for (guint i = 0; i < record->coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (record->coverage, BaleenCoverage, i);

      if (part->status == BALEEN_COVERAGE_READ)
        n += part->to - part->from;
    }
  return n;
}

static gsize
get_length (const BaleenSummaryRecord *record)
{
  return record->coverage->len > 0
             ? g_array_index (record->coverage, BaleenCoverage, record->coverage->len - 1).to
             : 0;
}

static void
add_sum (GPtrArray                 *table,
         const BaleenSummaryRecord *record,
         guint64                    n_prompt,
         guint64                    n_answer)
{
  add_row (table, (char *[]) {
                      g_strdup_printf (g_dngettext (NULL, "%u call", "%u calls",
                                                    record->calls->len),
                                       record->calls->len),
                      say_pages (record->n_pages, 1, record->n_pages),
                      say_number (n_prompt),
                      say_number (n_answer),
                      NULL,
                      say_share (count_read (record), get_length (record)),
                      NULL,
                  });
}

GPtrArray *
ledger_table_of_summary (const BaleenSummaryRecord *record)
{
  GPtrArray *table = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint64 n_prompt = 0, n_answer = 0;

  for (guint i = 0; i < record->calls->len; i++)
    {
      const BaleenLedgerCall *call = &g_array_index (record->calls, BaleenLedgerCall, i);

      add_row (table, (char *[]) {
                          g_strdup_printf ("%u · %s", i + 1, get_stage_words (call->stage)),
                          say_pages (record->n_pages, call->first_page, call->last_page),
                          say_number (call->n_prompt),
                          say_number (call->n_answer),
                          say_number (call->n_budget),
                          say_share (call->to - call->from, get_length (record)),
                          g_strdup (get_result_words (call)),
                      });
      n_prompt += call->n_prompt;
      n_answer += call->n_answer;
    }
  if (record->calls->len > 0)
    add_sum (table, record, n_prompt, n_answer);
  return table;
}

/* ---- the passages of a question ------------------------------------------------------- */

GPtrArray *
ledger_table_of_asking (const BaleenAskingLedger *ledger)
{
  GPtrArray *table = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gsize n_letters = 0;

  for (guint i = 0; i < ledger->passages->len; i++)
    {
      const BaleenPassage *passage = &g_array_index (ledger->passages, BaleenPassage, i);

      add_row (table, (char *[LEDGER_N_COLUMNS]) {
                          [LEDGER_CALL] = g_strdup_printf (
                              g_dngettext (NULL, "%u sentence", "%u sentences",
                                           passage->n_sentences),
                              passage->n_sentences),
                          [LEDGER_PAGES] = say_pages (ledger->n_pages, passage->first_page,
                                                      passage->last_page),
                          [LEDGER_SHARE] = say_share (passage->n_letters, ledger->n_letters),
                      });
      n_letters += passage->n_letters;
    }
  add_row (table, (char *[LEDGER_N_COLUMNS]) {
                      [LEDGER_CALL] = g_strdup_printf (
                          g_dngettext (NULL, "%u call", "%u calls", 1), 1),
                      [LEDGER_PROMPT] = say_number (ledger->n_prompt),
                      [LEDGER_ANSWER] = say_number (ledger->n_answer),
                      [LEDGER_BUDGET] = say_number (ledger->n_budget),
                      [LEDGER_SHARE] = say_share (n_letters, ledger->n_letters),
                  });
  return table;
}

/* ---- the parts of a prompt ------------------------------------------------------------ */

static const char *
get_part_words (BaleenCountPart part)
{
  const char *const words[] = { _("System"), _("Template"), _("History"),
                                _("Files"),  _("Search results"), _("This message") };

  return words[part];
}

GPtrArray *
ledger_table_of_prompt (const BaleenPromptCount *count,
                        const BaleenNumbers     *numbers)
{
  GPtrArray *table = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < BALEEN_N_COUNTS; i++)
    if (count->parts[i] > 0)
      add_row (table, (char *[LEDGER_N_COLUMNS]) {
                          [LEDGER_CALL] = g_strdup (get_part_words (i)),
                          [LEDGER_PROMPT] = say_number (count->parts[i]),
                          [LEDGER_SHARE] = say_share (count->parts[i], count->total),
                      });
  add_row (table, (char *[LEDGER_N_COLUMNS]) {
                      [LEDGER_CALL] = g_strdup (_("Total")),
                      [LEDGER_PROMPT] = say_number (count->total),
                      [LEDGER_ANSWER] = numbers->n_tokens > 0 ? say_number (numbers->n_tokens)
                                                              : NULL,
                      [LEDGER_BUDGET] = say_number (count->n_context),
                      [LEDGER_SHARE] = say_share (count->total, count->total),
                  });
  return table;
}

/* ---- for others ----------------------------------------------------------------------- */

gboolean
ledger_table_has_column (GPtrArray   *table,
                         LedgerColumn column)
{
  for (guint i = 0; i < table->len; i++)
    if (*((char **) table->pdata[i])[column] != '\0')
      return TRUE;
  return FALSE;
}

static void
append_cell (GString    *text,
             const char *cell,
             const char *tag)
{
  g_autofree char *escaped = tag != NULL ? g_markup_escape_text (cell, -1) : NULL;

  if (tag != NULL)
    g_string_append_printf (text, "<%s>%s</%s>", tag, escaped, tag);
  else
    g_string_append_printf (text, "%s%s",
                            text->len == 0 || text->str[text->len - 1] == '\n' ? "" : "\t", cell);
}

/* The row of titles is that of index -1. */
static void
append_row (GString   *text,
            GPtrArray *table,
            int        index,
            gboolean   is_html)
{
  if (is_html)
    g_string_append (text, "<tr>");
  for (guint i = 0; i < LEDGER_N_COLUMNS; i++)
    if (ledger_table_has_column (table, i))
      append_cell (text,
                   index < 0 ? ledger_column_title (i) : ((char **) table->pdata[index])[i],
                   !is_html    ? NULL
                   : index < 0 ? "th"
                               : "td");
  g_string_append (text, is_html ? "</tr>\n" : "\n");
}

char *
ledger_table_to_text (GPtrArray *table)
{
  GString *text = g_string_new (NULL);

  for (int i = -1; i < (int) table->len; i++)
    append_row (text, table, i, FALSE);
  return g_string_free (text, FALSE);
}

char *
ledger_table_to_html (GPtrArray *table)
{
  GString *text = g_string_new ("<table>\n");

  for (int i = -1; i < (int) table->len; i++)
    append_row (text, table, i, TRUE);
  g_string_append (text, "</table>\n");
  return g_string_free (text, FALSE);
}
