/* Shapes that the seven fixtures do not have: other routing, other rope scaling, biases, sizes
 * that are no multiple of anything. tests/engine/data/shape-logits.txt has what they compute at
 * positions 2, 7 and 11 of the fixture prompt, in float64, by the same independent program. */
#pragma once

#include "fixture-models.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *parent; /* of the seven */
  void (*change) (FixtureModel *model);
} FixtureShape;

#define FIXTURE_N_SHAPES 23
extern const FixtureShape fixture_shapes[FIXTURE_N_SHAPES];

FixtureModel fixture_shape_model (const FixtureShape *shape);

G_END_DECLS
