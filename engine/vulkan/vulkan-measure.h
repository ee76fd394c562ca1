/* What a device can do at best, measured. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes a second of a long read from device memory; 16 MB on a software device, 256 on others,
 * the best of some rounds. On a software device how many products a second attention of one token
 * makes, too; 0 for others. */
gboolean bln_vk_measure (guint    device,
                         double  *bytes_per_second,
                         double  *products_per_second,
                         GError **error);

G_END_DECLS
