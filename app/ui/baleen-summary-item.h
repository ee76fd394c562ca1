/* A row of a summary's tree: the summary, a section of it, a claim, or a sentence that a claim
 * stands on. Made from a record, and grown with it while the summary is made. */
#pragma once

#include "summary-record.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_SUMMARY_ITEM_WHOLE,
  BALEEN_SUMMARY_ITEM_SECTION,
  BALEEN_SUMMARY_ITEM_CLAIM,
  BALEEN_SUMMARY_ITEM_QUOTE,
} BaleenSummaryItemKind;

#define BALEEN_TYPE_SUMMARY_ITEM (baleen_summary_item_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSummaryItem, baleen_summary_item, BALEEN, SUMMARY_ITEM, GObject)

/* The whole, with all that is under it. */
BaleenSummaryItem *baleen_summary_item_new (const BaleenSummaryRecord *record);
/* Parts that were read since, or read again. Emits ::changed where words change. */
void baleen_summary_item_update (BaleenSummaryItem         *self,
                                 const BaleenSummaryRecord *record);

BaleenSummaryItemKind baleen_summary_item_get_kind (BaleenSummaryItem *self);
const char *baleen_summary_item_get_text (BaleenSummaryItem *self);
/* How much is under it, or what is wrong with it; "" for nothing. */
const char *baleen_summary_item_get_detail (BaleenSummaryItem *self);
gboolean baleen_summary_item_get_is_verified (BaleenSummaryItem *self);
/* Where it is in the tree, as “2.0.5”; the same after a restart. */
const char *baleen_summary_item_get_path (BaleenSummaryItem *self);
/* Of BaleenRecordPlace; what a claim stands on, or the one that a quote is. */
GPtrArray *baleen_summary_item_get_places (BaleenSummaryItem *self);
/* (nullable) of BaleenSummaryItem */
GListModel *baleen_summary_item_get_children (BaleenSummaryItem *self);
/* “The claim. (report.pdf, p. 12: “…”)”; free it. */
char *baleen_summary_item_cite (BaleenSummaryItem *self);

G_END_DECLS
