/* What the parts of bench-vulkan share. */
#pragma once

#include "command.h"

typedef struct
{
  BlnVkDevice *device;
  BlnVkQueue queue;
  BlnVkPipelines pipelines;
  BlnVkBuffer weights; /* larger than any cache */
  BlnVkBuffer arena;   /* activations, logits, tables */
  BlnVkBuffer out;
} Bench;

typedef void (*BenchRecordFunc) (Bench         *bench,
                                 BlnVkCommands *commands,
                                 gpointer       data);

void bench_die (GError *error);
/* Median time on the device of what `record` records, in microseconds. */
double bench_time (Bench          *bench,
                   BenchRecordFunc record,
                   gpointer        data);

/* Keeps the device busy until its clock has gone up. */
void bench_warm_up (Bench *bench);

/* Products of one row, by shape, type and form of the shader. */
void bench_products (Bench *bench);

/* Workgroups of one dispatch that wait for one another, against barriers between dispatches. */
void bench_meetings (Bench *bench);
