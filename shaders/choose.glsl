/* The choice of experts where a workgroup can make it for itself (route.comp says how it is made;
 * here without groups): a lane stands for an expert and counts those before it. */
const float CHOICE_LOWEST = -3.4028234e38;
const uint GATE_SOFTMAX = 1, GATE_SIGMOID = 2, GATE_SELECTED = 3;

layout (binding = 4, std430) writeonly buffer ChosenOut
{
  uint chosen_out[];
};

shared float choice_of[MODE == MODE_CHOOSING ? N_EXPERTS : 1];
shared uint chosen_of[32];
shared float weight_of[32];
shared float choice_partial[64];

float
choice_group_max (float x)
{
  x = subgroupMax (x);
  if (gl_SubgroupInvocationID == 0)
    choice_partial[gl_SubgroupID] = x;
  barrier ();
  x = choice_partial[0];
  for (uint g = 1; g < gl_NumSubgroups; g++)
    x = max (x, choice_partial[g]);
  barrier ();
  return x;
}

float
choice_group_add (float x)
{
  x = subgroupAdd (x);
  if (gl_SubgroupInvocationID == 0)
    choice_partial[gl_SubgroupID] = x;
  barrier ();
  x = 0.0;
  for (uint g = 0; g < gl_NumSubgroups; g++)
    x += choice_partial[g];
  barrier ();
  return x;
}

/* The expert of slot z of a row. The first workgroup writes the table for those who follow. */
uint
choose (uint row, uint z)
{
  const uint e = gl_LocalInvocationID.x;
  const bool is_one = e < N_EXPERTS;
  float score = is_one ? arena[push.logits + row * N_EXPERTS + e] : CHOICE_LOWEST;

  score = isnan (score) ? CHOICE_LOWEST : clamp (score, CHOICE_LOWEST, -CHOICE_LOWEST);
  if (GATING == GATE_SIGMOID)
    score = 1.0 / (1.0 + exp (-score));
  else if (GATING == GATE_SOFTMAX)
    {
      const float highest = choice_group_max (score);

      score = is_one ? exp (score - highest) : 0.0;
      score /= choice_group_add (score);
    }
  const float choice = score + (push.choice_bias != NONE && is_one
                                  ? parameters[push.choice_bias + e] : 0.0);
  if (is_one)
    choice_of[e] = choice;
  barrier ();
  uint before = 0;
  for (uint j = 0; j < N_EXPERTS; j++)
    before += choice_of[j] > choice || (choice_of[j] == choice && j < e) ? 1 : 0;
  const bool is_chosen = is_one && before < push.n_used;
  barrier ();
  /* By rank, then in the order of their numbers. */
  if (is_chosen)
    {
      chosen_of[before] = e;
      weight_of[before] = score;
    }
  barrier ();
  if (e < push.n_used)
    {
      const uint mine = chosen_of[e];
      float weight = weight_of[e], sum = 0.0;
      uint place = 0;

      if (GATING == GATE_SELECTED)
        weight = exp (weight - weight_of[0]);
      for (uint k = 0; k < push.n_used; k++)
        {
          place += chosen_of[k] < mine ? 1 : 0;
          sum += GATING == GATE_SELECTED ? exp (weight_of[k] - weight_of[0]) : weight_of[k];
        }
      if (NORMALISES != 0 || GATING == GATE_SELECTED)
        weight /= max (sum, 6.103515625e-5);
      choice_partial[place] = uintBitsToFloat (mine);
      if (gl_WorkGroupID.x == 0 && z == 0)
        {
          chosen_out[table + place] = mine;
          chosen_out[table + push.n_used + place] = floatBitsToUint (weight * push.choice_scale);
        }
    }
  barrier ();
  return floatBitsToUint (choice_partial[z]);
}
