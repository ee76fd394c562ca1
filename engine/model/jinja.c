#include "jinja.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"
#include "jinja-evaluate.h"
#include "jinja-parser.h"

typedef struct
{
  const char *source;
  JinjaVariablesFunc variables_func;
  gpointer user_data;
  JinjaString *output;
} Job;

static void
bind_variables (JinjaContext *context,
                JinjaDict    *variables)
{
  for (gsize i = 0; i < variables->n_entries; i++)
    {
      JinjaString *name = variables->entries[i].key.string;

      jinja_scope_set (context->run, context->scope,
                       jinja_intern (context->run, name->bytes, name->length),
                       variables->entries[i].value);
    }
}

static void
run_job (JinjaRun *run,
         gpointer  user_data)
{
  Job *job = user_data;
  JinjaDict *variables = jinja_dict_new (run);
  JinjaContext context = { .run = run };
  JinjaNode *body;

  if (strlen (job->source) > JINJA_MAX_SOURCE)
    jinja_fail (run, _("it is longer than %d bytes."), JINJA_MAX_SOURCE);
  if (!g_utf8_validate (job->source, -1, NULL))
    jinja_fail (run, _("it is not UTF-8 text."));
  body = jinja_parse (run, job->source);
  context.scope = jinja_scope_new (run, NULL);
  context.output = jinja_buffer_new (run);
  context.loop_name = jinja_intern (run, "loop", 4);
  run->line = 0;
  job->variables_func (run, variables, job->user_data);
  bind_variables (&context, variables);
  jinja_execute (&context, body);
  job->output = jinja_buffer_to_string (run, context.output);
}

static void
copy_output (const JinjaString *output,
             char             **text,
             guint8           **is_input)
{
  *text = g_malloc (output->length + 1);
  memcpy (*text, output->bytes, output->length);
  (*text)[output->length] = '\0';
  *is_input = g_malloc (output->length + 1);
  if (output->mask != NULL)
    memcpy (*is_input, output->mask, output->length);
  else
    memset (*is_input, output->is_input, output->length);
}

gboolean
jinja_render (const char        *source,
              gsize              n_input,
              GDateTime         *now,
              JinjaVariablesFunc variables_func,
              gpointer           user_data,
              char             **text,
              guint8           **is_input,
              gsize             *length,
              GError           **error)
{
  Job job = { source, variables_func, user_data, NULL };
  JinjaRun run;
  gboolean is_done;

  jinja_run_init (&run, n_input, now);
  is_done = jinja_run_try (&run, run_job, &job);
  if (is_done)
    {
      copy_output (job.output, text, is_input);
      *length = job.output->length;
    }
  else
    g_propagate_error (error, g_steal_pointer (&run.error));
  jinja_run_clear (&run);
  return is_done;
}
