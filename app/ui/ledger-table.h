/* A ledger as rows of words: every call that a summary was made with, the passages of a document
 * that a question was answered from, or the parts of the prompt of an answer; the last row is the
 * sum. */
#pragma once

#include "asking-ledger.h"
#include "baleen-message.h"
#include "baleen-prompt-count.h"
#include "summary-record.h"

G_BEGIN_DECLS

typedef enum
{
  LEDGER_CALL,
  LEDGER_PAGES,
  LEDGER_PROMPT,
  LEDGER_ANSWER,
  LEDGER_BUDGET,
  LEDGER_SHARE,
  LEDGER_RESULT,
  LEDGER_N_COLUMNS,
} LedgerColumn;

const char *ledger_column_title (LedgerColumn column);
/* Numbers stand at the end of their cells. */
gboolean ledger_column_is_number (LedgerColumn column);

/* Of GStrv with LEDGER_N_COLUMNS strings; owns them. "" where a column says nothing. */
GPtrArray *ledger_table_of_summary (const BaleenSummaryRecord *record);
GPtrArray *ledger_table_of_asking (const BaleenAskingLedger *ledger);
GPtrArray *ledger_table_of_prompt (const BaleenPromptCount *count,
                                   const BaleenNumbers     *numbers);

/* With titles, cells between tabs; and as HTML. Columns that are empty are left out. Free it. */
char *ledger_table_to_text (GPtrArray *table);
char *ledger_table_to_html (GPtrArray *table);
/* Whether any row has something there. */
gboolean ledger_table_has_column (GPtrArray   *table,
                                  LedgerColumn column);

G_END_DECLS
