/* A layer under SQLite that fails writes, syncs, opens or shared memory on command. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_NONE,
  FAULT_WRITE,
  FAULT_SYNC,
  FAULT_OPEN,
  FAULT_SHARED_MEMORY,
} Fault;

/* Becomes the default of every connection opened from now on. */
void fault_vfs_install (void);

/* The `nth` call of that kind from now on gives `result` (an SQLite code), and so do all after
 * it if `is_sticky`. FAULT_NONE ends it. Any thread. */
void fault_vfs_set (Fault    fault,
                    int      nth,
                    gboolean is_sticky,
                    int      result);

/* Whether the fault has struck since it was set. */
gboolean fault_vfs_has_struck (void);

G_END_DECLS
