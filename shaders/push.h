/* Push constants, written once for C and GLSL: at most 128 bytes, what every device takes. */
#ifdef BLN_GLSL
#define BLN_UINT uint
#define BLN_FLOAT float
#define BLN_PUSH(name) layout (push_constant) uniform name##Push
#define BLN_PUSH_END(name) push;
#else
#pragma once
#include <glib.h>
#define BLN_UINT guint32
#define BLN_FLOAT float
#define BLN_PUSH(name) typedef struct
#define BLN_PUSH_END(name) Bln##name##Push;
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_READ)
/* Reads n_vectors 16-byte vectors from first_vector on. */
BLN_PUSH (Read)
{
  BLN_UINT first_vector;
  BLN_UINT n_vectors;
  BLN_UINT prologue_vectors; /* read by every workgroup before the rest */
}
BLN_PUSH_END (Read)
#endif
