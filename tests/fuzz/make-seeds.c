/* Writes small sound inputs for the fuzzers to begin with: make-seeds FOLDER. */
#include "chat-model.h"
#include "gguf-probe.h"
#include "vocabulary.h"

#include <stdio.h>

#define CHATML \
  "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content|trim }}<|im_end|>\n" \
  "{%- endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"

static const char *const templates[] = {
  CHATML,
  "{% macro f(x, y=1) -%}{{ x ~ y }}{%- endmacro %}{{ f('a') }}{{ f(1, y=[2, {'k': none}]) }}",
  "{% set ns = namespace(n=0) %}{% for i in range(3) if i is odd %}{% set ns.n = ns.n + i %}"
  "{{ loop.index0 }}{% else %}none{% endfor %}{{ ns.n // 2 }}",
  "{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | join(', ') }}"
  "{{ messages[-1:][0]['content'].split('</think>')[-1].strip() | tojson(indent=2) }}",
  "{%- if tools is defined and tools is not none %}{{ tools | tojson }}{% elif not x %}"
  "{{ strftime_now('%d %b %Y') }}{% else %}{{ raise_exception('no') }}{% endif -%}",
};

static const char *const texts[] = {
  "I'LL pay $12345.67,  ok?\n\n  def f(x):\n\treturn x_1", "Größe 漢字かな123 n'est", "<|end|>ab",
  "한국어 \xc2\xa0\xe2\x80\x8b e\xcc\x81 ½ ٣٤ \r\n\r\n  ",
};

static const char *const answers[] = {
  "# A *b*\n\n- [x] c\n  1. d\n\n> ```py\n> e\n> ```\n\n"
  "| f | g |\n|--:|:-|\n| `h` | i<br>j |\n",
  "**k** $x_1$ and \\[ \\frac{a}{b} \\]\n\n"
  "[l](https://x.org) [1][2] ![m](n) &amp; ~~o~~ 漢字\n***\n",
};

/* The first digit says as what it is read, here and below. */
static const char *const imports[] = {
  "0[{\"title\":\"a\",\"mapping\":{\"r\":{\"id\":\"r\",\"children\":[\"b\"]},\"b\":{\"id\":\"b\","
  "\"parent\":\"r\",\"message\":{\"author\":{\"role\":\"user\"},\"create_time\":1.5,"
  "\"content\":{\"content_type\":\"text\",\"parts\":[\"hi\"]}}}},\"current_node\":\"b\"}]",
  "0[{\"title\":\"a\",\"inserted_at\":\"2025-01-02T03:04:05Z\",\"mapping\":{\"root\":"
  "{\"children\":[\"1\"]},\"1\":{\"parent\":\"root\",\"message\":{\"fragments\":"
  "[{\"type\":\"REQUEST\",\"content\":\"hi\"}]}}}}]",
  "1act,prompt\n\"A, b\",\"Do ${This:that} \"\"now\"\"\"\n",
  "1[{\"command\":\"/a\",\"title\":\"A\","
  "\"content\":\"Say {{x | select:options=[\\\"a\\\"]}}\"}]",
  "2---\nid: a\ntitle: {en: A, zh: 甲}\nfields:\n"
  "- id: x\n  type: choice\n  options: [a, b]\n---\n{{x}}",
  "3{\"models\":[{\"id\":\"a\",\"file\":\"a.gguf\",\"name\":\"A\","
  "\"can\":{\"en\":\"b\"},\"files\":[]}]}",
  "4{\"endpoints\":[{\"name\":\"a\",\"address\":\"http://b/v1\",\"model\":\"c\",\"context\":9}]}",
  "5[{\"title\":\"a\",\"folder\":\"/b\","
  "\"files\":[{\"url\":\"https://c/d\",\"name\":\"d\",\"bytes\":9}]}]",
};

static const char *const exchanges[] = {
  "0data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"a\",\"content\":\"b\"}}]}\r\n\r\n"
  ": c\ndata: {\"usage\":{\"prompt_tokens\":3},\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n"
  "data: [DONE]\n",
  "1{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}],"
  "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"stop\":[\"b\"],"
  "\"max_tokens\":5,\"seed\":1,\"n\":1}",
  "2{\"results\":[{\"url\":\"https://a\",\"title\":\"<b>b</b>\",\"content\":\"c &amp; d\"}],"
  "\"web\":{\"results\":[]},"
  "\"data\":{\"webPages\":{\"value\":[{\"url\":\"http://e\",\"name\":\"f\"}]}}}",
};

static const char *const documents[] = {
  "0<html><head><title>a</title><meta charset=gbk></head><body><nav>b</nav><main><h1>c</h1>"
  "<p>d &eacute;<table><tr><td>e<td>f</table><script>g</script><!-- h --></main></body></html>",
  "2# a\n\n- b\n\n| c | d |\n|---|---|\n| e | f |\n", "3a\n\nb-\nc\n",
};

static void
write_texts (const char        *folder,
             const char *const *contents,
             guint              n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", folder, i);

      g_assert (g_file_set_contents (path, contents[i], -1, NULL));
    }
}

static void
write_models (const char *folder)
{
  static const char *const thoughts[] = { "hmm", " whale", NULL };
  static const char *const words[] = { "It", " swims", NULL };
  g_autoptr (GgufWriter) specimen = gguf_specimen_new ();
  g_autoptr (GgufWriter) chat = chat_model_build (thoughts, words, FALSE);
  g_autoptr (Vocabulary) bytes = vocabulary_new_byte_level ("deepseek-v3");
  g_autoptr (Vocabulary) pieces = vocabulary_new_sentencepiece ();
  char *path[4];

  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    path[i] = g_strdup_printf ("%s/%u.gguf", folder, i);
  gguf_writer_write (specimen, path[0]);
  /* Its vocabulary and template alone: a fuzzer wants small inputs. */
  while (gguf_writer_get_n_tensors (chat) > 0)
    gguf_writer_remove_tensor (chat, gguf_writer_get_tensor (chat, 0)->name);
  gguf_writer_write (chat, path[1]);
  vocabulary_merge (bytes, "a", "b");
  vocabulary_describe (bytes);
  gguf_writer_set_string (bytes->writer, "tokenizer.chat_template", CHATML);
  gguf_writer_write (bytes->writer, path[2]);
  vocabulary_describe (pieces);
  gguf_writer_write (pieces->writer, path[3]);
  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    g_free (path[i]);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = { "gguf", "template", "text", "markdown", "document",
                                       "import", "exchange" };
  char *folders[G_N_ELEMENTS (names)];

  if (argc != 2)
    {
      fprintf (stderr, "make-seeds FOLDER\n");
      return 2;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      folders[i] = g_build_filename (argv[1], names[i], NULL);
      g_assert (g_mkdir_with_parents (folders[i], 0700) == 0);
    }
  write_models (folders[0]);
  write_texts (folders[1], templates, G_N_ELEMENTS (templates));
  write_texts (folders[2], texts, G_N_ELEMENTS (texts));
  write_texts (folders[3], answers, G_N_ELEMENTS (answers));
  write_texts (folders[4], documents, G_N_ELEMENTS (documents));
  write_texts (folders[5], imports, G_N_ELEMENTS (imports));
  write_texts (folders[6], exchanges, G_N_ELEMENTS (exchanges));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (folders[i]);
  return 0;
}
