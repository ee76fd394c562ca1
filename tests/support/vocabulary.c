#include "vocabulary.h"

#include "byte-alphabet.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static Vocabulary *
vocabulary_new (const char *model)
{
  Vocabulary *vocabulary = g_new0 (Vocabulary, 1);

  vocabulary->writer = gguf_writer_new ();
  vocabulary->tokens = g_ptr_array_new_with_free_func (g_free);
  vocabulary->kinds = g_array_new (FALSE, FALSE, sizeof (gint32));
  vocabulary->scores = g_array_new (FALSE, FALSE, sizeof (float));
  vocabulary->merges = g_ptr_array_new_with_free_func (g_free);
  gguf_writer_set_string (vocabulary->writer, "general.architecture", "test");
  gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.model", model);
  return vocabulary;
}

Vocabulary *
vocabulary_new_byte_level (const char *pre)
{
  Vocabulary *vocabulary = vocabulary_new ("gpt2");

  gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.pre", pre);
  for (guint i = 0; i < 256; i++)
    {
      char byte = i, spelled[3] = { 0 };

      bln_byte_alphabet_write (&byte, 1, spelled);
      vocabulary_add (vocabulary, spelled, 1, 0);
    }
  return vocabulary;
}

Vocabulary *
vocabulary_new_sentencepiece (void)
{
  Vocabulary *vocabulary = vocabulary_new ("llama");

  vocabulary_add (vocabulary, "<unk>", 2, 0);
  vocabulary_add (vocabulary, "<s>", 3, 0);
  vocabulary_add (vocabulary, "</s>", 3, 0);
  for (guint i = 0; i < 256; i++)
    {
      g_autofree char *text = g_strdup_printf ("<0x%02X>", i);

      vocabulary_add (vocabulary, text, 6, 0);
    }
  return vocabulary;
}

void
vocabulary_free (Vocabulary *vocabulary)
{
  gguf_writer_free (vocabulary->writer);
  g_ptr_array_unref (vocabulary->tokens);
  g_array_unref (vocabulary->kinds);
  g_array_unref (vocabulary->scores);
  g_ptr_array_unref (vocabulary->merges);
  g_clear_pointer (&vocabulary->gguf, bln_gguf_free);
  if (vocabulary->path != NULL)
    g_unlink (vocabulary->path);
  g_free (vocabulary->path);
  g_free (vocabulary);
}

gint32
vocabulary_add (Vocabulary *vocabulary,
                const char *text,
                gint32      kind,
                float       score)
{
  g_ptr_array_add (vocabulary->tokens, g_strdup (text));
  g_array_append_val (vocabulary->kinds, kind);
  g_array_append_val (vocabulary->scores, score);
  return vocabulary->tokens->len - 1;
}

gint32
vocabulary_merge (Vocabulary *vocabulary,
                  const char *left,
                  const char *right)
{
  g_autofree char *joined = g_strconcat (left, right, NULL);
  guint index;

  g_ptr_array_add (vocabulary->merges, g_strconcat (left, " ", right, NULL));
  if (g_ptr_array_find_with_equal_func (vocabulary->tokens, joined, g_str_equal, &index))
    return index;
  return vocabulary_add (vocabulary, joined, 1, 0);
}

void
vocabulary_describe (Vocabulary *vocabulary)
{
  GgufWriter *writer = vocabulary->writer;

  gguf_writer_set_strings (writer, "tokenizer.ggml.tokens",
                           (const char *const *) vocabulary->tokens->pdata,
                           vocabulary->tokens->len);
  gguf_writer_set_array (writer, "tokenizer.ggml.token_type", GGUF_I32, vocabulary->kinds->data,
                         vocabulary->kinds->len, sizeof (gint32));
  gguf_writer_set_array (writer, "tokenizer.ggml.scores", GGUF_F32, vocabulary->scores->data,
                         vocabulary->scores->len, sizeof (float));
  gguf_writer_set_strings (writer, "tokenizer.ggml.merges",
                           (const char *const *) vocabulary->merges->pdata,
                           vocabulary->merges->len);
  if (vocabulary->merges->len == 0)
    gguf_writer_remove (writer, "tokenizer.ggml.merges");
  vocabulary->is_described = TRUE;
}

BlnTokenizer *
vocabulary_open (Vocabulary *vocabulary,
                 GError    **error)
{
  int fd = g_file_open_tmp ("vocabulary-XXXXXX.gguf", &vocabulary->path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  if (!vocabulary->is_described)
    vocabulary_describe (vocabulary);
  gguf_writer_write (vocabulary->writer, vocabulary->path);
  vocabulary->gguf = bln_gguf_open (vocabulary->path, error);
  return vocabulary->gguf != NULL ? bln_tokenizer_new (vocabulary->gguf, error) : NULL;
}

char *
vocabulary_encode (BlnTokenizer    *tokenizer,
                   const char      *text,
                   gssize           length,
                   const guint8    *is_input,
                   BlnTokenizeFlags flags)
{
  g_autoptr (GError) error = NULL;
  GString *ids = g_string_new (NULL);
  gsize n;
  g_autofree gint32 *tokens = bln_tokenizer_encode (tokenizer, text,
                                                    length < 0 ? strlen (text) : (gsize) length,
                                                    is_input, flags, &n, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tokens);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (ids, "%s%d", i > 0 ? " " : "", tokens[i]);
  return g_string_free (ids, FALSE);
}
