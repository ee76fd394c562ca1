/* Statements. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-evaluate.h"
#include "jinja-print.h"

static void
check_output (JinjaContext *context)
{
  if (context->output->length > context->run->output_limit)
    jinja_fail (context->run, _("it writes more than a prompt can hold."));
}

static void
assign_each (JinjaContext    *context,
             const JinjaNode *target,
             JinjaValue       value)
{
  JinjaList *list = jinja_iterate (context->run, value);

  if (list->n_items != target->n_items)
    jinja_fail (context->run, _("%u names cannot be given %zu values."),
                target->n_items, list->n_items);
  for (guint i = 0; i < target->n_items; i++)
    jinja_assign (context, target->items[i], list->items[i]);
}

void
jinja_assign (JinjaContext    *context,
              const JinjaNode *target,
              JinjaValue       value)
{
  JinjaValue object;

  context->run->line = target->line;
  switch (target->kind)
    {
    case JINJA_NODE_NAME:
      jinja_scope_set (context->run, context->scope, target->name, value);
      break;
    case JINJA_NODE_TUPLE:
      assign_each (context, target, value);
      break;
    case JINJA_NODE_ATTRIBUTE:
      object = jinja_evaluate (context, target->left);
      if (object.type != JINJA_NAMESPACE)
        jinja_fail (context->run, _("“%s” is not a namespace, so “%s” cannot be set on it."),
                    target->left->name, target->name);
      jinja_dict_set_text (context->run, object.dict, target->name, value);
      break;
    default:
      jinja_fail (context->run, _("this cannot be given a value."));
    }
}

static JinjaFlow
execute_in_scope (JinjaContext    *context,
                  const JinjaNode *body,
                  JinjaScope      *scope)
{
  JinjaScope *outer = context->scope;
  JinjaFlow flow;

  context->scope = scope;
  flow = jinja_execute (context, body);
  context->scope = outer;
  return flow;
}

JinjaString *
jinja_capture (JinjaContext    *context,
               const JinjaNode *body,
               JinjaScope      *scope)
{
  JinjaBuffer *outer = context->output;
  JinjaBuffer *buffer = jinja_buffer_new (context->run);

  context->output = buffer;
  execute_in_scope (context, body, scope);
  context->output = outer;
  return jinja_buffer_to_string (context->run, buffer);
}

static JinjaFlow
execute_body (JinjaContext    *context,
              const JinjaNode *node)
{
  for (guint i = 0; i < node->n_items; i++)
    {
      JinjaFlow flow = jinja_execute (context, node->items[i]);

      if (flow != JINJA_GO_ON)
        return flow;
    }
  return JINJA_GO_ON;
}

static JinjaFlow
execute_if (JinjaContext    *context,
            const JinjaNode *node)
{
  for (guint i = 0; i < node->n_items; i += 2)
    if (jinja_truth (context->run, jinja_evaluate (context, node->items[i])))
      return jinja_execute (context, node->items[i + 1]);
  return node->other != NULL ? jinja_execute (context, node->other) : JINJA_GO_ON;
}

/* The names of the next turn, in place of those of the last one. */
static JinjaScope *
next_turn (JinjaContext    *context,
           const JinjaNode *node,
           JinjaScope      *last,
           JinjaValue       item)
{
  JinjaScope *outer = context->scope;
  JinjaScope *scope = jinja_scope_renew (context->run, last);

  context->scope = scope;
  jinja_assign (context, node->left, item);
  context->scope = outer;
  return scope;
}

/* The items for which the loop's condition holds. */
static JinjaList *
choose_items (JinjaContext    *context,
              const JinjaNode *node,
              JinjaScope      *around,
              const JinjaList *items)
{
  JinjaList *chosen = jinja_list_new (context->run);
  JinjaScope *outer = context->scope;
  JinjaScope *turn = jinja_scope_new (context->run, around);

  for (gsize i = 0, n = items->n_items; i < n; i++)
    {
      JinjaValue item = items->items[i];

      context->scope = turn = next_turn (context, node, turn, item);
      if (jinja_truth (context->run, jinja_evaluate (context, node->other)))
        jinja_list_append (context->run, chosen, item);
      context->scope = outer;
    }
  return chosen;
}

JinjaValue
jinja_loop_get_item (const JinjaLoop *loop,
                     gsize            index)
{
  if (loop->range != NULL)
    return jinja_integer (jinja_range_get (loop->range, index));
  return loop->items[index];
}

static void
fill_loop (JinjaContext *context,
           JinjaLoop    *loop,
           JinjaValue    over)
{
  JinjaList *items;

  if (over.type == JINJA_RANGE && loop->node->other == NULL)
    {
      loop->range = over.range;
      loop->n_items = jinja_length (context->run, over);
      return;
    }
  items = jinja_iterate (context->run, over);
  if (loop->node->other != NULL)
    items = choose_items (context, loop->node, loop->scope, items);
  loop->items = items->items;
  loop->n_items = items->n_items;
}

static void
run_loop (JinjaContext    *context,
          const JinjaNode *node,
          JinjaScope      *around,
          JinjaValue       over,
          guint            depth)
{
  JinjaLoop *loop = jinja_new (context->run, JinjaLoop);
  JinjaScope *turn;

  loop->depth = depth;
  loop->node = node;
  loop->scope = around;
  fill_loop (context, loop, over);
  if (node->is_recursive)
    jinja_scope_keep (around);
  turn = jinja_scope_new (context->run, around);
  if (loop->n_items == 0 && node->items[1] != NULL)
    execute_in_scope (context, node->items[1], jinja_scope_new (context->run, around));
  for (; loop->index < loop->n_items; loop->index++)
    {
      turn = next_turn (context, node, turn, jinja_loop_get_item (loop, loop->index));
      jinja_scope_set (context->run, turn, context->loop_name,
                       (JinjaValue) { .type = JINJA_LOOP, .loop = loop });
      if (execute_in_scope (context, node->items[0], turn) == JINJA_BREAK)
        break;
    }
}

JinjaString *
jinja_loop_again (JinjaContext *context,
                  JinjaLoop    *loop,
                  JinjaValue    items)
{
  JinjaBuffer *outer = context->output;
  JinjaBuffer *buffer = jinja_buffer_new (context->run);

  if (!loop->node->is_recursive)
    jinja_fail (context->run, _("only a loop marked “recursive” can be called."));
  context->output = buffer;
  run_loop (context, loop->node, loop->scope, items, loop->depth + 1);
  context->output = outer;
  return jinja_buffer_to_string (context->run, buffer);
}

static void
execute_macro (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaMacro *macro = jinja_new (context->run, JinjaMacro);

  macro->node = node->macro;
  macro->scope = context->scope;
  jinja_scope_keep (macro->scope);
  jinja_scope_set (context->run, context->scope, node->name,
                   (JinjaValue) { .type = JINJA_MACRO, .macro = macro });
}

static void
execute_call_block (JinjaContext    *context,
                    const JinjaNode *node)
{
  JinjaMacro *caller = jinja_new (context->run, JinjaMacro);
  JinjaValue value = { .type = JINJA_MACRO, .macro = caller };

  caller->node = node->macro;
  caller->scope = context->scope;
  jinja_scope_keep (caller->scope);
  value = jinja_evaluate_call (context, node->left, value);
  jinja_print (context->run, context->output, value);
}

static JinjaValue
capture_block (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaScope *scope = jinja_scope_new (context->run, context->scope);

  return jinja_string (jinja_capture (context, node->items[0], scope));
}

static JinjaFlow
execute_with (JinjaContext    *context,
              const JinjaNode *node)
{
  JinjaScope *outer = context->scope;
  JinjaScope *scope = jinja_scope_new (context->run, outer);

  for (guint i = 0; i < node->n_items; i += 2)
    {
      /* The values are those of the names outside, not of the ones just set. */
      JinjaValue value = jinja_evaluate (context, node->items[i + 1]);

      context->scope = scope;
      jinja_assign (context, node->items[i], value);
      context->scope = outer;
    }
  return execute_in_scope (context, node->other, scope);
}

static JinjaFlow
execute_kind (JinjaContext    *context,
              const JinjaNode *node)
{
  JinjaValue value;

  switch (node->kind)
    {
    case JINJA_NODE_BODY:
      return execute_body (context, node);
    case JINJA_NODE_TEXT:
      jinja_buffer_add_string (context->run, context->output, node->value.string);
      break;
    case JINJA_NODE_OUTPUT:
      jinja_print (context->run, context->output, jinja_evaluate (context, node->left));
      break;
    case JINJA_NODE_IF:
      return execute_if (context, node);
    case JINJA_NODE_FOR:
      run_loop (context, node, context->scope, jinja_evaluate (context, node->right), 0);
      break;
    case JINJA_NODE_SET:
      jinja_assign (context, node->left, jinja_evaluate (context, node->right));
      break;
    case JINJA_NODE_SET_BLOCK:
      value = capture_block (context, node);
      jinja_assign (context, node->left, jinja_evaluate_filters (context, node->right, value));
      break;
    case JINJA_NODE_MACRO:
      execute_macro (context, node);
      break;
    case JINJA_NODE_CALL_BLOCK:
      execute_call_block (context, node);
      break;
    case JINJA_NODE_FILTER_BLOCK:
      value = capture_block (context, node);
      jinja_print (context->run, context->output,
                   jinja_evaluate_filters (context, node->left, value));
      break;
    case JINJA_NODE_WITH:
      return execute_with (context, node);
    case JINJA_NODE_SCOPE:
      return execute_in_scope (context, node->left,
                               jinja_scope_new (context->run, context->scope));
    case JINJA_NODE_BREAK:
      return JINJA_BREAK;
    case JINJA_NODE_CONTINUE:
      return JINJA_CONTINUE;
    default:
      g_assert_not_reached ();
    }
  return JINJA_GO_ON;
}

JinjaFlow
jinja_execute (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaFlow flow;

  jinja_work (context->run, 1);
  jinja_enter (context->run);
  context->run->line = node->line;
  flow = execute_kind (context, node);
  check_output (context);
  jinja_leave (context->run);
  return flow;
}
