#include "command.h"

#include "input.h"
#include "json-parsing.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>

static gboolean no_special, decode;

static const GOptionEntry entries[] = {
  { "no-special", 0, 0, G_OPTION_ARG_NONE, &no_special,
    N_("Control tokens written in the text are text; with --decode they are left out"), NULL },
  { "decode", 0, 0, G_OPTION_ARG_NONE, &decode, N_("A JSON array of ids to text"), NULL },
  { NULL }
};

static gboolean
print_tokens (BlnModel   *model,
              const char *text,
              gsize       length,
              gboolean    as_json, /* it is, either way */
              GError    **error)
{
  BlnTokenizeFlags flags = BLN_TOKENIZE_BOS | (no_special ? 0 : BLN_TOKENIZE_SPECIAL);
  g_autofree gint32 *tokens = NULL;
  g_autoptr (GString) line = NULL;
  gsize n_tokens;

  tokens = bln_model_tokenize (model, text, length, flags, &n_tokens, error);
  if (tokens == NULL)
    return FALSE;

  line = g_string_new ("[");
  for (gsize i = 0; i < n_tokens; i++)
    g_string_append_printf (line, "%s%d", i > 0 ? "," : "", tokens[i]);
  g_string_append (line, "]\n");
  baleen_output_write (line->str, line->len);

  return TRUE;
}

static gboolean
get_id (JsonNode *node,
        gint32   *id)
{
  gint64 value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  value = json_node_get_int (node);
  *id = value;
  return value >= 0 && value <= G_MAXINT32;
}

static JsonNode *
parse_ids (const char *text,
           gsize       length,
           GError    **error)
{
  g_autoptr (JsonNode) root = baleen_json_parse (text, length, NULL);

  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    return g_steal_pointer (&root);

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _("Standard input is no JSON array. Give ids like [1, 2, 3]."));
  return NULL;
}

static gboolean
print_text (BlnModel   *model,
            const char *json,
            gsize       length,
            gboolean    as_json,
            GError    **error)
{
  g_autoptr (BlnDetokenizer) detokenizer = bln_detokenizer_new (model, !no_special);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) root = parse_ids (json, length, error);
  JsonArray *ids;

  if (root == NULL)
    return FALSE;

  ids = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      gint32 id;
      gsize n_bytes;

      if (!get_id (json_array_get_element (ids, i), &id))
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                       _("Element %u of the array is no token id. Give whole numbers."), i);
          return FALSE;
        }
      if (bln_model_token_bytes (model, id, TRUE, &n_bytes, error) == NULL)
        return FALSE;
      bln_detokenizer_push (detokenizer, id, text);
    }
  bln_detokenizer_finish (detokenizer, text);
  if (as_json)
    baleen_output_json_text (text->str);
  else
    baleen_output_write_foreign (text->str, text->len);

  return TRUE;
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnModel) model = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (arguments[0] != NULL)
    return baleen_wrong_use (command->name, _("“tokens” reads standard input and takes no text."));

  model = baleen_open_model (options, &error);
  if (model == NULL || (text = baleen_input_read_all (&length, &error)) == NULL)
    return baleen_complain_of (error);
  if (!(decode ? print_text : print_tokens) (model, text, length, options->json, &error))
    return baleen_complain_of (error);

  return BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_tokens = {
  .name = "tokens",
  .arguments = "< TEXT",
  .summary = N_("the tokens of a text, as a JSON array of ids"),
  .uses = BALEEN_USES_MODEL,
  .entries = entries,
  .run = run,
};
