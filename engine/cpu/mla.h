/* Shared by the two forms of latent attention. */
#pragma once

#include "run.h"

G_BEGIN_DECLS

/* The two halves of one head's query, the second rotated; both tempered where the model
 * says so. */
void bln_mla_load_query (const BlnCpuRun *run,
                         const BlnOp     *op,
                         guint            row,
                         guint            head,
                         float           *nope,  /* (out) [n_nope] */
                         float           *rope); /* (out) [n_rope] */

void bln_cpu_run_mla_decompressed (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
void bln_cpu_mla_decompressed_needs (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                                     BlnCpuNeeds *needs);

G_END_DECLS
