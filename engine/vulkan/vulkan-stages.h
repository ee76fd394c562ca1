/* Where a device's time goes: with BLN_VK_STAGES set, a timestamp follows every barrier, and what
 * lay between two of them is added up by op and by kind of pass. A table of it goes to standard
 * error when the backend is freed. A timestamp costs some 0.7 µs itself. */
#pragma once

#include "command.h"

#include "batch.h"
#include "op.h"

G_BEGIN_DECLS

typedef struct _BlnVkStages BlnVkStages;

/* (nullable) NULL unless they are to be timed. */
BlnVkStages *bln_vk_stages_new (void);
/* Prints the table. */
void bln_vk_stages_free (BlnVkStages *stages);

/* Timestamps that a pass may need. */
guint bln_vk_stages_max_marks (const BlnVkStages *stages);
/* What follows belongs to `op`; NULL: to the copies at the end. */
void bln_vk_stages_name (BlnVkCommands *commands,
                         const BlnOp   *op);
/* Commands of a pass over `batch` that have come to their end. */
void bln_vk_stages_add (BlnVkStages    *stages, /* (nullable) */
                        BlnVkCommands  *commands,
                        const BlnBatch *batch);
/* How long the host spent on a whole pass, in µs. */
void bln_vk_stages_add_pass (BlnVkStages    *stages, /* (nullable) */
                             const BlnBatch *batch,
                             double          microseconds);
/* The same of a part of it. */
void bln_vk_stages_add_host (BlnVkStages    *stages, /* (nullable) */
                             const BlnBatch *batch,
                             const char     *name,
                             double          microseconds);

G_END_DECLS
