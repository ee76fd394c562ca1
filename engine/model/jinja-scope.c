/* Names and their values. */
#include "jinja-evaluate.h"

JinjaScope *
jinja_scope_new (JinjaRun   *run,
                 JinjaScope *parent)
{
  JinjaScope *scope = jinja_new (run, JinjaScope);

  scope->parent = parent;
  return scope;
}

JinjaScope *
jinja_scope_renew (JinjaRun   *run,
                   JinjaScope *scope)
{
  if (scope->is_kept)
    return jinja_scope_new (run, scope->parent);
  for (JinjaBinding *binding = scope->bindings; binding != NULL; binding = binding->next)
    binding->value = JINJA_VALUE_MISSING;
  return scope;
}

void
jinja_scope_keep (JinjaScope *scope)
{
  for (; scope != NULL && !scope->is_kept; scope = scope->parent)
    scope->is_kept = TRUE;
}

void
jinja_scope_set (JinjaRun   *run,
                 JinjaScope *scope,
                 const char *name,
                 JinjaValue  value)
{
  JinjaBinding *binding;

  for (binding = scope->bindings; binding != NULL; binding = binding->next)
    {
      jinja_work (run, 1);
      if (binding->name == name)
        {
          binding->value = value;
          return;
        }
    }
  binding = jinja_new (run, JinjaBinding);
  binding->name = name;
  binding->value = value;
  binding->next = scope->bindings;
  scope->bindings = binding;
}

JinjaValue
jinja_scope_get (JinjaRun   *run,
                 JinjaScope *scope,
                 const char *name)
{
  guint64 n_seen = 0;

  for (; scope != NULL; scope = scope->parent)
    for (JinjaBinding *binding = scope->bindings; binding != NULL; binding = binding->next)
      {
        n_seen++;
        if (binding->name == name && binding->value.type != JINJA_MISSING)
          {
            jinja_work (run, n_seen / 16);
            return binding->value;
          }
      }
  jinja_work (run, n_seen / 16);
  return JINJA_VALUE_MISSING;
}
