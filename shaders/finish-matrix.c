/* finish-matrix IN.spv OUT.h
 *
 * Compilers before glslang 13 know nothing of cooperative matrices, but GL_EXT_spirv_intrinsics
 * lets a shader name the instructions itself (matrix.glsl). One thing it cannot say: a type as
 * the parameter of a type. There the shader gives the width of its numbers, 16 or 32, and this
 * program puts the float type of that width in place of the constant. Then it writes the words
 * as a C initializer, as glslc -mfmt=c does. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_WORDS 5
#define BOUND 3 /* word of the header: all ids are below it */

enum
{
  OP_TYPE_FIRST = 19, /* OpTypeVoid … OpTypeForwardPointer are one run */
  OP_TYPE_FLOAT = 22,
  OP_TYPE_LAST = 39,
  OP_CONSTANT = 43,
  OP_TYPE_MATRIX = 4456, /* SPV_KHR_cooperative_matrix */
};

typedef struct
{
  uint32_t *words;
  size_t n;
} Module;

static void
die (const char *what,
     const char *about)
{
  fprintf (stderr, "finish-matrix: %s%s\n", what, about);
  exit (1);
}

static Module
read_module (const char *path)
{
  Module module = { NULL, 0 };
  FILE *file = fopen (path, "rb");
  long size;

  if (file == NULL || fseek (file, 0, SEEK_END) != 0 || (size = ftell (file)) < 0)
    die ("cannot read ", path);
  rewind (file);
  module.n = (size_t) size / 4;
  module.words = malloc ((size_t) size + 4);
  if (module.words == NULL || fread (module.words, 4, module.n, file) != module.n)
    die ("cannot read ", path);
  fclose (file);
  if (module.n < HEADER_WORDS || module.words[0] != 0x07230203)
    die ("this is no SPIR-V: ", path);
  return module;
}

static size_t
length_at (const Module *module,
           size_t        i)
{
  size_t n = module->words[i] >> 16;

  if (n == 0 || i + n > module->n)
    die ("an instruction has no end", "");
  return n;
}

static unsigned
op_at (const Module *module,
       size_t        i)
{
  return module->words[i] & 0xffff;
}

static void
append (Module         *module,
        const uint32_t *words,
        size_t          n)
{
  memcpy (module->words + module->n, words, n * 4);
  module->n += n;
}

/* All float types of `in`, and that of 16 bits if nothing but matrices needs it. */
static void
append_floats (const Module *in,
               Module       *out)
{
  int has_halves = 0;

  for (size_t i = HEADER_WORDS; i < in->n; i += length_at (in, i))
    if (op_at (in, i) == OP_TYPE_FLOAT)
      {
        append (out, in->words + i, length_at (in, i));
        has_halves = has_halves || in->words[i + 2] == 16;
      }
  if (!has_halves)
    {
      const uint32_t type[] = { 3 << 16 | OP_TYPE_FLOAT, out->words[BOUND]++, 16 };

      append (out, type, 3);
    }
}

/* Float types depend on nothing: they go before all other types, so that a matrix may follow. */
static Module
move_floats (const Module *in)
{
  Module out = { malloc ((in->n + 3) * 4), 0 };
  int is_done = 0;

  if (out.words == NULL)
    die ("out of memory", "");
  append (&out, in->words, HEADER_WORDS);
  for (size_t i = HEADER_WORDS; i < in->n; i += length_at (in, i))
    {
      unsigned op = op_at (in, i);

      if (!is_done && op >= OP_TYPE_FIRST && op <= OP_TYPE_LAST)
        {
          append_floats (in, &out);
          is_done = 1;
        }
      if (op != OP_TYPE_FLOAT)
        append (&out, in->words + i, length_at (in, i));
    }
  return out;
}

static void
name_components (Module *module)
{
  const uint32_t bound = module->words[BOUND];
  uint32_t *value = calloc (bound, sizeof *value);   /* of 32-bit constants, by id */
  uint32_t float_of_width[65] = { 0 };

  if (value == NULL)
    die ("out of memory", "");
  for (size_t i = HEADER_WORDS; i < module->n; i += length_at (module, i))
    {
      uint32_t *word = module->words + i;

      switch (op_at (module, i))
        {
        case OP_TYPE_FLOAT:
          if (word[2] <= 64)
            float_of_width[word[2]] = word[1];
          break;
        case OP_CONSTANT:
          if (length_at (module, i) == 4 && word[2] < bound)
            value[word[2]] = word[3];
          break;
        case OP_TYPE_MATRIX:
          if (word[2] < bound && value[word[2]] <= 64 && float_of_width[value[word[2]]] != 0)
            word[2] = float_of_width[value[word[2]]];
          break;
        default:
          break;
        }
    }
  free (value);
}

static void
write_words (const Module *module,
             const char   *path)
{
  FILE *file = fopen (path, "w");

  if (file == NULL)
    die ("cannot write ", path);
  fputc ('{', file);
  for (size_t i = 0; i < module->n; i++)
    fprintf (file, "%s0x%08x", i == 0 ? "" : i % 8 == 0 ? ",\n" : ",", module->words[i]);
  fputs ("}\n", file);
  if (ferror (file) || fclose (file) != 0)
    die ("cannot write ", path);
}

int
main (int    argc,
      char **argv)
{
  Module in, out;

  if (argc != 3)
    die ("usage: finish-matrix IN.spv OUT.h", "");
  in = read_module (argv[1]);
  out = move_floats (&in);
  name_components (&out);
  write_words (&out, argv[2]);
  free (out.words);
  free (in.words);
  return 0;
}
