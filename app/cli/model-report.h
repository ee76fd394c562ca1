/* What `inspect` tells of a model, gathered once and printed for people or as JSON. */
#pragma once

#include "bln-engine.h"
#include "model-fit.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Memory at one context length. */
typedef struct
{
  BlnMemoryPlan plan;
  char *device; /* (owned) a copy that outlives the engine */
} BaleenMemoryRow;

typedef struct
{
  char *path;
  guint64 n_file_bytes; /* of the file named; a split has more */
  BlnModel *model;      /* (nullable) a file that is not for us may not open */
  BlnAdapter *adapter;  /* (nullable) beside the model, or the file itself is one */
  gboolean runs;
  char *reason;         /* (nullable) why not */
  GArray *memory;       /* of BaleenMemoryRow, shortest context first */
  char *program;        /* (nullable) as asked */
  BaleenMemoryRow *plan; /* (nullable) as asked */
  BaleenFit *fit;        /* (nullable) with the plan */
} BaleenModelReport;

void baleen_model_report_clear (BaleenModelReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaleenModelReport, baleen_model_report_clear)

/* Opens and checks, and where the model runs plans memory for usual context lengths up to the
 * model's own. A sound file that we cannot run is reported with the reason; FALSE is for files
 * that cannot be read or are damaged. */
gboolean baleen_model_report_init (BaleenModelReport      *report,
                                   const char             *path,
                                   const BlnEngineOptions *options,
                                   GError                **error);

/* In the order of the file; `list_all` adds every metadata pair and tensor. */
void baleen_model_report_print (const BaleenModelReport *report,
                                gboolean                 list_all);
void baleen_model_report_print_plan (const BaleenModelReport *report);
/* The member “fit” of an object that is being built. */
void baleen_model_report_add_fit (JsonBuilder     *builder,
                                  const BaleenFit *fit);
JsonNode *baleen_model_report_to_json (const BaleenModelReport *report);

G_END_DECLS
